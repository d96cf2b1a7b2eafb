import type { SettingSpec } from './setting-spec.ts';
import { isSettingKey, SETTING_SPECS } from './setting-specs.ts';

/**
 * Whether a key (`name`, `check_http`) means something to the registration, so that it never becomes Meta. All of
 * `check_*` do: what is none of a check's settings is told instead.
 */
export function isVocabulary(key: string): boolean {
  if (key.startsWith('check_')) return true;
  if (!isSettingKey(key)) return false;
  const spec: SettingSpec = SETTING_SPECS[key];
  return spec.isMeta !== true;
}

/** Whether the value of a key must be shown nowhere. Nobody asks for it, but users write it, for other tools or in error. */
export function isSecret(key: string): boolean {
  return key === 'token';
}
