import { describe, expect, it } from 'vitest';
import { SETTING_SPECS } from '../../../src/registration/setting-specs.ts';
import { isSecret, isVocabulary } from '../../../src/registration/vocabulary.ts';

describe('isVocabulary', () => {
  it('holds for every setting but those that routers read from Meta', () => {
    expect(Object.keys(SETTING_SPECS).filter((key) => !isVocabulary(key))).toEqual(['route', 'route_panic']);
  });

  it.each([
    { key: 'check_intervall', isOurs: true },
    { key: 'version', isOurs: false },
    { key: 'NAME', isOurs: false },
    { key: 'constructor', isOurs: false },
    { key: '', isOurs: false },
  ])('is $isOurs for "$key"', ({ key, isOurs }) => {
    expect(isVocabulary(key)).toBe(isOurs);
  });
});

describe('isSecret', () => {
  it.each([
    { key: 'token', isIt: true },
    { key: 'name', isIt: false },
  ])('is $isIt for $key', ({ key, isIt }) => {
    expect(isSecret(key)).toBe(isIt);
  });
});
