/** Keys that mean something to Portolan. `check_*` are the words of the checks; `route*` are Meta that routers read. */
const VOCABULARY = new Set([
  'address',
  'checks',
  'enable_tag_override',
  'id',
  'ignore',
  'name',
  'namespace',
  'network',
  'port',
  'tags',
  'weights_passing',
  'weights_warning',
]);

/** Whether a key (`name`, `check_http`) is a setting of Portolan, so that it never becomes Meta. */
export function isVocabulary(key: string): boolean {
  return VOCABULARY.has(key) || key.startsWith('check_');
}

/** Whether the value of a key must be shown nowhere. Nobody asks for it, but users write it, for other tools or in error. */
export function isSecret(key: string): boolean {
  return key === 'token';
}
