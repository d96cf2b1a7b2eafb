/** What anyone may write into a catalog, hoping that it ends in a configuration file or a command. */
export const hostileTexts: readonly { readonly what: string; readonly text: string }[] = [
  { what: 'a newline', text: 'web\nbackend evil' },
  { what: 'a carriage return', text: 'web\r\n  server evil 192.0.2.66:80' },
  { what: 'double quotes', text: 'web"evil' },
  { what: 'single quotes', text: "web'evil" },
  { what: "HAProxy's expressions", text: 'web%[env(PATH)]' },
  { what: "HAProxy's variables", text: `web\${PATH}` },
  { what: 'spaces', text: 'web check port 22' },
  { what: 'a comment', text: 'web#evil' },
  { what: 'a slash', text: 'web/evil' },
  { what: 'a second command', text: 'web;shutdown frontend http' },
  { what: 'a backslash', text: 'web\\' },
  { what: 'a zero byte', text: 'web\0' },
  { what: 'other scripts', text: 'wéb-服务' },
  { what: 'a lookalike of ASCII', text: 'ѡeb' },
  { what: 'nothing at all', text: '' },
  { what: '5,000 characters', text: 'w'.repeat(5_000) },
];
