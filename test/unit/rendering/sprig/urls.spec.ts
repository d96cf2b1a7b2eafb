import { describe, expect, it } from 'vitest';
import { refusal, rendered } from './render.ts';

describe('URLs as maps of their parts', () => {
  it.each([
    ['{{(sprig_urlParse "http://u:p@h:80/p?q=1#f").host}}', 'h:80'],
    ['{{sprig_urlJoin (sprig_dict "scheme" "http" "host" "h:80" "path" "/p" "query" "q=1")}}', 'http://h:80/p?q=1'],
    [
      '{{sprig_urlParse "http://h/p"}}',
      'map[fragment: host:h hostname:h opaque: path:/p query: scheme:http userinfo:]',
    ],
    [
      '{{sprig_urlParse "http://u:p@h:80/p?q=1#f"}}',
      'map[fragment:f host:h:80 hostname:h opaque: path:/p query:q=1 scheme:http userinfo:u:p]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "http://u:p@h:80/p?q=1#f")}}', 'http://u:p@h:80/p?q=1#f'],
    ['{{sprig_urlJoin (sprig_urlParse "http://h/p")}}', 'http://h/p'],
    ['{{sprig_urlParse "//h/p"}}', 'map[fragment: host:h hostname:h opaque: path:/p query: scheme: userinfo:]'],
    ['{{sprig_urlJoin (sprig_urlParse "//h/p")}}', '//h/p'],
    ['{{sprig_urlParse "///p"}}', 'map[fragment: host: hostname: opaque: path:///p query: scheme: userinfo:]'],
    ['{{sprig_urlJoin (sprig_urlParse "///p")}}', '///p'],
    ['{{sprig_urlParse "/p?x#y"}}', 'map[fragment:y host: hostname: opaque: path:/p query:x scheme: userinfo:]'],
    ['{{sprig_urlJoin (sprig_urlParse "/p?x#y")}}', '/p?x#y'],
    ['{{sprig_urlParse "p"}}', 'map[fragment: host: hostname: opaque: path:p query: scheme: userinfo:]'],
    ['{{sprig_urlJoin (sprig_urlParse "p")}}', 'p'],
    [
      '{{sprig_urlParse "mailto:a@b"}}',
      'map[fragment: host: hostname: opaque:a@b path: query: scheme:mailto userinfo:]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "mailto:a@b")}}', 'mailto:a@b'],
    [
      '{{sprig_urlParse "http://[::1]:80/"}}',
      'map[fragment: host:[::1]:80 hostname:::1 opaque: path:/ query: scheme:http userinfo:]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "http://[::1]:80/")}}', 'http://[::1]:80/'],
    [
      '{{sprig_urlParse "http://[::1%25eth0]/"}}',
      'map[fragment: host:[::1%eth0] hostname:::1%eth0 opaque: path:/ query: scheme:http userinfo:]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "http://[::1%25eth0]/")}}', 'http://[::1%25eth0]/'],
    [
      '{{sprig_urlParse "tcp://h:8:9"}}',
      'map[fragment: host:h:8:9 hostname:h:8 opaque: path: query: scheme:tcp userinfo:]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "tcp://h:8:9")}}', 'tcp://h:8:9'],
    ['{{sprig_urlParse "a:b"}}', 'map[fragment: host: hostname: opaque:b path: query: scheme:a userinfo:]'],
    ['{{sprig_urlJoin (sprig_urlParse "a:b")}}', 'a:b'],
    ['{{sprig_urlParse "http:"}}', 'map[fragment: host: hostname: opaque: path: query: scheme:http userinfo:]'],
    ['{{sprig_urlJoin (sprig_urlParse "http:")}}', 'http:'],
    ['{{sprig_urlParse "http:/p"}}', 'map[fragment: host: hostname: opaque: path:/p query: scheme:http userinfo:]'],
    ['{{sprig_urlJoin (sprig_urlParse "http:/p")}}', 'http:///p'],
    ['{{sprig_urlParse "http://"}}', 'map[fragment: host: hostname: opaque: path: query: scheme:http userinfo:]'],
    ['{{sprig_urlJoin (sprig_urlParse "http://")}}', 'http:'],
    [
      '{{sprig_urlParse "http://h/%41%2f"}}',
      'map[fragment: host:h hostname:h opaque: path:/A/ query: scheme:http userinfo:]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "http://h/%41%2f")}}', 'http://h/A/'],
    [
      '{{sprig_urlParse "http://h/a b"}}',
      'map[fragment: host:h hostname:h opaque: path:/a b query: scheme:http userinfo:]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "http://h/a b")}}', 'http://h/a%20b'],
    ['{{sprig_urlParse "http://u@h"}}', 'map[fragment: host:h hostname:h opaque: path: query: scheme:http userinfo:u]'],
    ['{{sprig_urlJoin (sprig_urlParse "http://u@h")}}', 'http://u@h'],
    [
      '{{sprig_urlParse "http://u:@h"}}',
      'map[fragment: host:h hostname:h opaque: path: query: scheme:http userinfo:u:]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "http://u:@h")}}', 'http://u:@h'],
    [
      '{{sprig_urlParse "http://:p@h"}}',
      'map[fragment: host:h hostname:h opaque: path: query: scheme:http userinfo::p]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "http://:p@h")}}', 'http://:p@h'],
    [
      '{{sprig_urlParse "http://u%20x:p@h"}}',
      'map[fragment: host:h hostname:h opaque: path: query: scheme:http userinfo:u%20x:p]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "http://u%20x:p@h")}}', 'http://u%20x:p@h'],
    [
      '{{sprig_urlParse "http://a@b@h"}}',
      'map[fragment: host:h hostname:h opaque: path: query: scheme:http userinfo:a%40b]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "http://a@b@h")}}', 'http://a%40b@h'],
    ['{{sprig_urlParse "*"}}', 'map[fragment: host: hostname: opaque: path:* query: scheme: userinfo:]'],
    ['{{sprig_urlJoin (sprig_urlParse "*")}}', '*'],
    ['{{sprig_urlParse ""}}', 'map[fragment: host: hostname: opaque: path: query: scheme: userinfo:]'],
    ['{{sprig_urlJoin (sprig_urlParse "")}}', ''],
    ['{{sprig_urlParse "?"}}', 'map[fragment: host: hostname: opaque: path: query: scheme: userinfo:]'],
    ['{{sprig_urlJoin (sprig_urlParse "?")}}', ''],
    ['{{sprig_urlParse "?a"}}', 'map[fragment: host: hostname: opaque: path: query:a scheme: userinfo:]'],
    ['{{sprig_urlJoin (sprig_urlParse "?a")}}', '?a'],
    ['{{sprig_urlParse "#"}}', 'map[fragment: host: hostname: opaque: path: query: scheme: userinfo:]'],
    ['{{sprig_urlJoin (sprig_urlParse "#")}}', ''],
    ['{{sprig_urlParse "http://h?"}}', 'map[fragment: host:h hostname:h opaque: path: query: scheme:http userinfo:]'],
    ['{{sprig_urlJoin (sprig_urlParse "http://h?")}}', 'http://h'],
    [
      '{{sprig_urlParse "http://h?a?b"}}',
      'map[fragment: host:h hostname:h opaque: path: query:a?b scheme:http userinfo:]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "http://h?a?b")}}', 'http://h?a?b'],
    [
      '{{sprig_urlParse "HTTP://H/P"}}',
      'map[fragment: host:H hostname:H opaque: path:/P query: scheme:http userinfo:]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "HTTP://H/P")}}', 'http://H/P'],
    [
      '{{sprig_urlParse "http://é/é?é#é"}}',
      'map[fragment:é host:é hostname:é opaque: path:/é query:é scheme:http userinfo:]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "http://é/é?é#é")}}', 'http://%C3%A9/%C3%A9?é#%C3%A9'],
    [
      '{{sprig_urlParse "http://h/p#a%20b"}}',
      'map[fragment:a b host:h hostname:h opaque: path:/p query: scheme:http userinfo:]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "http://h/p#a%20b")}}', 'http://h/p#a%20b'],
    [
      '{{sprig_urlParse "http://<h>/"}}',
      'map[fragment: host:<h> hostname:<h> opaque: path:/ query: scheme:http userinfo:]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "http://<h>/")}}', 'http://<h>/'],
    [
      '{{sprig_urlParse "http://h/;a=b,c"}}',
      'map[fragment: host:h hostname:h opaque: path:/;a=b,c query: scheme:http userinfo:]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "http://h/;a=b,c")}}', 'http://h/;a=b,c'],
    [
      '{{sprig_urlParse "http://[fe80::1%25%41]/"}}',
      'map[fragment: host:[fe80::1%A] hostname:fe80::1%A opaque: path:/ query: scheme:http userinfo:]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "http://[fe80::1%25%41]/")}}', 'http://[fe80::1%25A]/'],
    [
      '{{sprig_urlParse "http://[::ffff:1.2.3.4]"}}',
      'map[fragment: host:[::ffff:1.2.3.4] hostname:::ffff:1.2.3.4 opaque: path: query: scheme:http userinfo:]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "http://[::ffff:1.2.3.4]")}}', 'http://[::ffff:1.2.3.4]'],
    ['{{sprig_urlParse "http://h:"}}', 'map[fragment: host:h: hostname:h opaque: path: query: scheme:http userinfo:]'],
    ['{{sprig_urlJoin (sprig_urlParse "http://h:")}}', 'http://h:'],
    ['{{sprig_urlParse "a/b:c"}}', 'map[fragment: host: hostname: opaque: path:a/b:c query: scheme: userinfo:]'],
    ['{{sprig_urlJoin (sprig_urlParse "a/b:c")}}', 'a/b:c'],
    ['{{sprig_urlParse "a:b/c"}}', 'map[fragment: host: hostname: opaque:b/c path: query: scheme:a userinfo:]'],
    ['{{sprig_urlJoin (sprig_urlParse "a:b/c")}}', 'a:b/c'],
    ['{{sprig_urlParse "./a:b"}}', 'map[fragment: host: hostname: opaque: path:./a:b query: scheme: userinfo:]'],
    ['{{sprig_urlJoin (sprig_urlParse "./a:b")}}', './a:b'],
    [
      '{{sprig_urlParse "s3://bucket/key with space"}}',
      'map[fragment: host:bucket hostname:bucket opaque: path:/key with space query: scheme:s3 userinfo:]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "s3://bucket/key with space")}}', 's3://bucket/key%20with%20space'],
    [
      '{{sprig_urlParse "http://h/a%2Fb"}}',
      'map[fragment: host:h hostname:h opaque: path:/a/b query: scheme:http userinfo:]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "http://h/a%2Fb")}}', 'http://h/a/b'],
    [
      '{{sprig_urlParse "file:///etc/hosts"}}',
      'map[fragment: host: hostname: opaque: path:/etc/hosts query: scheme:file userinfo:]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "file:///etc/hosts")}}', 'file:///etc/hosts'],
    ['{{sprig_urlParse "//u@h:1"}}', 'map[fragment: host:h:1 hostname:h opaque: path: query: scheme: userinfo:u]'],
    ['{{sprig_urlJoin (sprig_urlParse "//u@h:1")}}', '//u@h:1'],
    [
      '{{sprig_urlParse "git+ssh://x/y"}}',
      'map[fragment: host:x hostname:x opaque: path:/y query: scheme:git+ssh userinfo:]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "git+ssh://x/y")}}', 'git+ssh://x/y'],
    [
      '{{sprig_urlParse "http://h:080"}}',
      'map[fragment: host:h:080 hostname:h opaque: path: query: scheme:http userinfo:]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "http://h:080")}}', 'http://h:080'],
    [
      '{{sprig_urlParse "http://%E4%B8%AD/"}}',
      'map[fragment: host:中 hostname:中 opaque: path:/ query: scheme:http userinfo:]',
    ],
    ['{{sprig_urlJoin (sprig_urlParse "http://%E4%B8%AD/")}}', 'http://%E4%B8%AD/'],
    ['{{sprig_urlJoin (sprig_dict )}}', ''],
    ['{{sprig_urlJoin (sprig_dict "host" "h" "path" "p")}}', '//h/p'],
    ['{{sprig_urlJoin (sprig_dict "path" "a:b")}}', './a:b'],
    ['{{sprig_urlJoin (sprig_dict "path" "a/b:c")}}', 'a/b:c'],
    ['{{sprig_urlJoin (sprig_dict "scheme" "http" "path" "p")}}', 'http://p'],
    [String.raw`{{sprig_urlJoin (sprig_dict "scheme" "http" "path" "/p(1)!\"é")}}`, 'http:///p%281%29%21%22%C3%A9'],
    ['{{sprig_urlJoin (sprig_dict "opaque" "o" "scheme" "s" "path" "x")}}', 's:o'],
    ['{{sprig_urlJoin (sprig_dict "userinfo" "u:p" "host" "h")}}', '//u:p@h'],
    ['{{sprig_urlJoin (sprig_dict "userinfo" "u@x" "host" "h")}}', '//u%40x@h'],
    ['{{sprig_urlJoin (sprig_dict "userinfo" "u%40x:y:z" "host" "h")}}', '//u%40x:y%3Az@h'],
    ['{{sprig_urlJoin (sprig_dict "fragment" "a b(c)\'" "path" "x")}}', 'x#a%20b(c)%27'],
    ['{{sprig_urlJoin (sprig_dict "query" "" "path" "*")}}', '*'],
    ['{{sprig_urlJoin (sprig_dict "scheme" "http")}}', 'http:'],
    ['{{sprig_urlJoin (sprig_dict "scheme" "http" "userinfo" "u")}}', 'http://u@'],
    ['{{sprig_urlJoin (sprig_dict "host" "h é<>")}}', '//h%20%C3%A9<>'],
    ['{{sprig_urlJoin (sprig_dict "path" "//x")}}', '//x'],
    ['{{sprig_urlJoin (sprig_dict "scheme" "http" "host" "h" "path" "?;/:@&=+$,%")}}', 'http://h/%3F;/:@&=+$,%25'],
    [
      '{{sprig_urlParse "http://[::]"}}',
      'map[fragment: host:[::] hostname::: opaque: path: query: scheme:http userinfo:]',
    ],
    [
      '{{sprig_urlParse "http://[1::]"}}',
      'map[fragment: host:[1::] hostname:1:: opaque: path: query: scheme:http userinfo:]',
    ],
    [
      '{{sprig_urlParse "http://[1:2:3:4:5:6:7:8]"}}',
      'map[fragment: host:[1:2:3:4:5:6:7:8] hostname:1:2:3:4:5:6:7:8 opaque: path: query: scheme:http userinfo:]',
    ],
    [
      '{{sprig_urlParse "http://[1:2:3:4:5:6:7::]"}}',
      'map[fragment: host:[1:2:3:4:5:6:7::] hostname:1:2:3:4:5:6:7:: opaque: path: query: scheme:http userinfo:]',
    ],
    [
      '{{sprig_urlParse "http://[::1.2.3.4]"}}',
      'map[fragment: host:[::1.2.3.4] hostname:::1.2.3.4 opaque: path: query: scheme:http userinfo:]',
    ],
    [
      '{{sprig_urlParse "http://[1:2:3:4:5:6:1.2.3.4]"}}',
      'map[fragment: host:[1:2:3:4:5:6:1.2.3.4] hostname:1:2:3:4:5:6:1.2.3.4 opaque: path: query: scheme:http userinfo:]',
    ],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });

  it.each([
    [
      '{{sprig_urlParse "http://[1.2.3.4]/"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://[1.2.3.4]/">: error calling sprig_urlParse: unable to parse url: parse "http://[1.2.3.4]/": invalid IP-literal',
    ],
    [
      '{{sprig_urlJoin (sprig_urlParse "http://[1.2.3.4]/")}}',
      'template: :1:17: executing "" at <sprig_urlParse "http://[1.2.3.4]/">: error calling sprig_urlParse: unable to parse url: parse "http://[1.2.3.4]/": invalid IP-literal',
    ],
    [
      '{{sprig_urlParse "http://[::1/"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://[::1/">: error calling sprig_urlParse: unable to parse url: parse "http://[::1/": missing \']\' in host',
    ],
    [
      '{{sprig_urlJoin (sprig_urlParse "http://[::1/")}}',
      'template: :1:17: executing "" at <sprig_urlParse "http://[::1/">: error calling sprig_urlParse: unable to parse url: parse "http://[::1/": missing \']\' in host',
    ],
    [
      '{{sprig_urlParse "http://a b/"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://a b/">: error calling sprig_urlParse: unable to parse url: parse "http://a b/": invalid character " " in host name',
    ],
    [
      '{{sprig_urlJoin (sprig_urlParse "http://a b/")}}',
      'template: :1:17: executing "" at <sprig_urlParse "http://a b/">: error calling sprig_urlParse: unable to parse url: parse "http://a b/": invalid character " " in host name',
    ],
    [
      '{{sprig_urlParse "http://h:x/"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://h:x/">: error calling sprig_urlParse: unable to parse url: parse "http://h:x/": invalid port ":x" after host',
    ],
    [
      '{{sprig_urlJoin (sprig_urlParse "http://h:x/")}}',
      'template: :1:17: executing "" at <sprig_urlParse "http://h:x/">: error calling sprig_urlParse: unable to parse url: parse "http://h:x/": invalid port ":x" after host',
    ],
    [
      '{{sprig_urlParse "http://h:8:9/"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://h:8:9/">: error calling sprig_urlParse: unable to parse url: parse "http://h:8:9/": invalid port ":8:9" after host',
    ],
    [
      '{{sprig_urlJoin (sprig_urlParse "http://h:8:9/")}}',
      'template: :1:17: executing "" at <sprig_urlParse "http://h:8:9/">: error calling sprig_urlParse: unable to parse url: parse "http://h:8:9/": invalid port ":8:9" after host',
    ],
    [
      '{{sprig_urlParse "1:b"}}',
      'template: :1:2: executing "" at <sprig_urlParse "1:b">: error calling sprig_urlParse: unable to parse url: parse "1:b": first path segment in URL cannot contain colon',
    ],
    [
      '{{sprig_urlJoin (sprig_urlParse "1:b")}}',
      'template: :1:17: executing "" at <sprig_urlParse "1:b">: error calling sprig_urlParse: unable to parse url: parse "1:b": first path segment in URL cannot contain colon',
    ],
    [
      '{{sprig_urlParse ":b"}}',
      'template: :1:2: executing "" at <sprig_urlParse ":b">: error calling sprig_urlParse: unable to parse url: parse ":b": missing protocol scheme',
    ],
    [
      '{{sprig_urlJoin (sprig_urlParse ":b")}}',
      'template: :1:17: executing "" at <sprig_urlParse ":b">: error calling sprig_urlParse: unable to parse url: parse ":b": missing protocol scheme',
    ],
    [
      '{{sprig_urlParse "http://%zz/"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://%zz/">: error calling sprig_urlParse: unable to parse url: parse "http://%zz/": invalid URL escape "%zz"',
    ],
    [
      '{{sprig_urlJoin (sprig_urlParse "http://%zz/")}}',
      'template: :1:17: executing "" at <sprig_urlParse "http://%zz/">: error calling sprig_urlParse: unable to parse url: parse "http://%zz/": invalid URL escape "%zz"',
    ],
    [
      '{{sprig_urlParse "http://%41/"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://%41/">: error calling sprig_urlParse: unable to parse url: parse "http://%41/": invalid URL escape "%41"',
    ],
    [
      '{{sprig_urlJoin (sprig_urlParse "http://%41/")}}',
      'template: :1:17: executing "" at <sprig_urlParse "http://%41/">: error calling sprig_urlParse: unable to parse url: parse "http://%41/": invalid URL escape "%41"',
    ],
    [
      '{{sprig_urlParse "http://h/%zz"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://h/%zz">: error calling sprig_urlParse: unable to parse url: parse "http://h/%zz": invalid URL escape "%zz"',
    ],
    [
      '{{sprig_urlJoin (sprig_urlParse "http://h/%zz")}}',
      'template: :1:17: executing "" at <sprig_urlParse "http://h/%zz">: error calling sprig_urlParse: unable to parse url: parse "http://h/%zz": invalid URL escape "%zz"',
    ],
    [
      '{{sprig_urlParse "http://u[x@h"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://u[x@h">: error calling sprig_urlParse: unable to parse url: parse "http://u[x@h": net/url: invalid userinfo',
    ],
    [
      '{{sprig_urlJoin (sprig_urlParse "http://u[x@h")}}',
      'template: :1:17: executing "" at <sprig_urlParse "http://u[x@h">: error calling sprig_urlParse: unable to parse url: parse "http://u[x@h": net/url: invalid userinfo',
    ],
    [
      '{{sprig_urlParse "#%zz"}}',
      'template: :1:2: executing "" at <sprig_urlParse "#%zz">: error calling sprig_urlParse: unable to parse url: parse "#%zz": invalid URL escape "%zz"',
    ],
    [
      '{{sprig_urlJoin (sprig_urlParse "#%zz")}}',
      'template: :1:17: executing "" at <sprig_urlParse "#%zz">: error calling sprig_urlParse: unable to parse url: parse "#%zz": invalid URL escape "%zz"',
    ],
    [
      String.raw`{{sprig_urlParse "http://h/\x7f"}}`,
      String.raw`template: :1:2: executing "" at <sprig_urlParse "http://h/\x7f">: error calling sprig_urlParse: unable to parse url: parse "http://h/\x7f": net/url: invalid control character in URL`,
    ],
    [
      String.raw`{{sprig_urlJoin (sprig_urlParse "http://h/\x7f")}}`,
      String.raw`template: :1:17: executing "" at <sprig_urlParse "http://h/\x7f">: error calling sprig_urlParse: unable to parse url: parse "http://h/\x7f": net/url: invalid control character in URL`,
    ],
    [
      '{{sprig_urlParse "http://h^/"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://h^/">: error calling sprig_urlParse: unable to parse url: parse "http://h^/": invalid character "^" in host name',
    ],
    [
      '{{sprig_urlJoin (sprig_urlParse "http://h^/")}}',
      'template: :1:17: executing "" at <sprig_urlParse "http://h^/">: error calling sprig_urlParse: unable to parse url: parse "http://h^/": invalid character "^" in host name',
    ],
    [
      '{{sprig_urlParse "http://[:::]"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://[:::]">: error calling sprig_urlParse: unable to parse url: parse "http://[:::]": invalid host: ParseAddr(":::"): each colon-separated field must have at least one digit (at ":")',
    ],
    [
      '{{sprig_urlJoin (sprig_urlParse "http://[:::]")}}',
      'template: :1:17: executing "" at <sprig_urlParse "http://[:::]">: error calling sprig_urlParse: unable to parse url: parse "http://[:::]": invalid host: ParseAddr(":::"): each colon-separated field must have at least one digit (at ":")',
    ],
    [
      '{{sprig_urlParse "http://x[::1]"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://x[::1]">: error calling sprig_urlParse: unable to parse url: parse "http://x[::1]": invalid IP-literal',
    ],
    [
      '{{sprig_urlJoin (sprig_urlParse "http://x[::1]")}}',
      'template: :1:17: executing "" at <sprig_urlParse "http://x[::1]">: error calling sprig_urlParse: unable to parse url: parse "http://x[::1]": invalid IP-literal',
    ],
    [
      '{{sprig_urlParse "http://u:p%zz@h"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://u:p%zz@h">: error calling sprig_urlParse: unable to parse url: parse "http://u:p%zz@h": invalid URL escape "%zz"',
    ],
    [
      '{{sprig_urlJoin (sprig_urlParse "http://u:p%zz@h")}}',
      'template: :1:17: executing "" at <sprig_urlParse "http://u:p%zz@h">: error calling sprig_urlParse: unable to parse url: parse "http://u:p%zz@h": invalid URL escape "%zz"',
    ],
    [
      '{{sprig_urlParse "http://[::1]x"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://[::1]x">: error calling sprig_urlParse: unable to parse url: parse "http://[::1]x": invalid port "x" after host',
    ],
    [
      '{{sprig_urlJoin (sprig_urlParse "http://[::1]x")}}',
      'template: :1:17: executing "" at <sprig_urlParse "http://[::1]x">: error calling sprig_urlParse: unable to parse url: parse "http://[::1]x": invalid port "x" after host',
    ],
    [
      '{{sprig_urlParse "9a:b"}}',
      'template: :1:2: executing "" at <sprig_urlParse "9a:b">: error calling sprig_urlParse: unable to parse url: parse "9a:b": first path segment in URL cannot contain colon',
    ],
    [
      '{{sprig_urlJoin (sprig_urlParse "9a:b")}}',
      'template: :1:17: executing "" at <sprig_urlParse "9a:b">: error calling sprig_urlParse: unable to parse url: parse "9a:b": first path segment in URL cannot contain colon',
    ],
    [
      '{{sprig_urlParse "a_b:c"}}',
      'template: :1:2: executing "" at <sprig_urlParse "a_b:c">: error calling sprig_urlParse: unable to parse url: parse "a_b:c": first path segment in URL cannot contain colon',
    ],
    [
      '{{sprig_urlJoin (sprig_urlParse "a_b:c")}}',
      'template: :1:17: executing "" at <sprig_urlParse "a_b:c">: error calling sprig_urlParse: unable to parse url: parse "a_b:c": first path segment in URL cannot contain colon',
    ],
    [
      '{{sprig_urlJoin (sprig_dict "userinfo" "u p" "host" "h")}}',
      'template: :1:2: executing "" at <sprig_urlJoin (sprig_dict "userinfo" "u p" "host" "h")>: error calling sprig_urlJoin: unable to parse userinfo in dict: parse "proto://u p@host": net/url: invalid userinfo',
    ],
    [
      '{{sprig_urlJoin (sprig_dict "host" 5)}}',
      'template: :1:2: executing "" at <sprig_urlJoin (sprig_dict "host" 5)>: error calling sprig_urlJoin: unable to parse host key, must be of type string, but int found',
    ],
    [
      '{{sprig_urlJoin (sprig_dict "host" nil)}}',
      'template: :1:2: executing "" at <sprig_urlJoin (sprig_dict "host" nil)>: error calling sprig_urlJoin: runtime error: invalid memory address or nil pointer dereference',
    ],
    [
      '{{sprig_urlJoin (sprig_dict "path" (sprig_list))}}',
      'template: :1:2: executing "" at <sprig_urlJoin (sprig_dict "path" (sprig_list))>: error calling sprig_urlJoin: unable to parse path key, must be of type string, but slice found',
    ],
    [
      '{{sprig_urlParse "http://[1:2:3:4:5:6:7:8:9]"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://[1:2:3:4:5:6:7:8:9]">: error calling sprig_urlParse: unable to parse url: parse "http://[1:2:3:4:5:6:7:8:9]": invalid host: ParseAddr("1:2:3:4:5:6:7:8:9"): trailing garbage after address (at "9")',
    ],
    [
      '{{sprig_urlParse "http://[1:2:3:4::5:6:7:8]"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://[1:2:3:4::5:6:7:8]">: error calling sprig_urlParse: unable to parse url: parse "http://[1:2:3:4::5:6:7:8]": invalid host: ParseAddr("1:2:3:4::5:6:7:8"): the :: must expand to at least one field of zeros',
    ],
    [
      '{{sprig_urlParse "http://[1:2:3]"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://[1:2:3]">: error calling sprig_urlParse: unable to parse url: parse "http://[1:2:3]": invalid host: ParseAddr("1:2:3"): address string too short',
    ],
    [
      '{{sprig_urlParse "http://[1::2::3]"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://[1::2::3]">: error calling sprig_urlParse: unable to parse url: parse "http://[1::2::3]": invalid host: ParseAddr("1::2::3"): multiple :: in address (at ":3")',
    ],
    [
      '{{sprig_urlParse "http://[12345::]"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://[12345::]">: error calling sprig_urlParse: unable to parse url: parse "http://[12345::]": invalid host: ParseAddr("12345::"): each group must have 4 or less digits (at "12345::")',
    ],
    [
      '{{sprig_urlParse "http://[g::]"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://[g::]">: error calling sprig_urlParse: unable to parse url: parse "http://[g::]": invalid host: ParseAddr("g::"): each colon-separated field must have at least one digit (at "g::")',
    ],
    [
      '{{sprig_urlParse "http://[1:g]"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://[1:g]">: error calling sprig_urlParse: unable to parse url: parse "http://[1:g]": invalid host: ParseAddr("1:g"): each colon-separated field must have at least one digit (at "g")',
    ],
    [
      '{{sprig_urlParse "http://[1g:]"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://[1g:]">: error calling sprig_urlParse: unable to parse url: parse "http://[1g:]": invalid host: ParseAddr("1g:"): unexpected character, want colon (at "g:")',
    ],
    [
      '{{sprig_urlParse "http://[1:]"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://[1:]">: error calling sprig_urlParse: unable to parse url: parse "http://[1:]": invalid host: ParseAddr("1:"): colon must be followed by more characters (at ":")',
    ],
    [
      '{{sprig_urlParse "http://[1:2:3:4:5:1.2.3.4]"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://[1:2:3:4:5:1.2.3.4]">: error calling sprig_urlParse: unable to parse url: parse "http://[1:2:3:4:5:1.2.3.4]": invalid host: ParseAddr("1:2:3:4:5:1.2.3.4"): embedded IPv4 address must replace the final 2 fields of the address (at "1.2.3.4")',
    ],
    [
      '{{sprig_urlParse "http://[1:2:3:4:5:6:7:1.2.3.4]"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://[1:2:3:4:5:6:7:1.2.3.4]">: error calling sprig_urlParse: unable to parse url: parse "http://[1:2:3:4:5:6:7:1.2.3.4]": invalid host: ParseAddr("1:2:3:4:5:6:7:1.2.3.4"): embedded IPv4 address must replace the final 2 fields of the address (at "1.2.3.4")',
    ],
    [
      '{{sprig_urlParse "http://[::1:2:3:4:5:6:7:1.2.3.4]"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://[::1:2:3:4:5:6:7:1.2.3.4]">: error calling sprig_urlParse: unable to parse url: parse "http://[::1:2:3:4:5:6:7:1.2.3.4]": invalid host: ParseAddr("::1:2:3:4:5:6:7:1.2.3.4"): too many hex fields to fit an embedded IPv4 at the end of the address (at "1.2.3.4")',
    ],
    [
      '{{sprig_urlParse "http://[abc]"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://[abc]">: error calling sprig_urlParse: unable to parse url: parse "http://[abc]": invalid host: ParseAddr("abc"): unable to parse IP',
    ],
    [
      '{{sprig_urlParse "http://[]"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://[]">: error calling sprig_urlParse: unable to parse url: parse "http://[]": invalid host: ParseAddr(""): unable to parse IP',
    ],
    [
      '{{sprig_urlParse "http://[%25eth]"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://[%25eth]">: error calling sprig_urlParse: unable to parse url: parse "http://[%25eth]": invalid host: ParseAddr("%eth"): missing IPv6 address',
    ],
    [
      '{{sprig_urlParse "http://[::1%25]"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://[::1%25]">: error calling sprig_urlParse: unable to parse url: parse "http://[::1%25]": invalid host: ParseAddr("::1%"): zone must be a non-empty string',
    ],
    [
      '{{sprig_urlParse "http://[1:2:3:4:5:6::1.2.3.4]"}}',
      'template: :1:2: executing "" at <sprig_urlParse "http://[1:2:3:4:5:6::1.2.3.4]">: error calling sprig_urlParse: unable to parse url: parse "http://[1:2:3:4:5:6::1.2.3.4]": invalid host: ParseAddr("1:2:3:4:5:6::1.2.3.4"): the :: must expand to at least one field of zeros',
    ],
  ])('%s is an error', (template, message) => {
    expect(refusal(template)).toBe(message);
  });
});
