import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTokenFile } from '../../../../src/adapters/files/token-file.ts';
import { createTempFolder } from '../../../support/temp-folder.ts';

describe('readTokenFile', () => {
  it.each([
    { rule: 'is what is in the file', text: 'abc', token: 'abc' },
    { rule: 'has no white space around it', text: ' \n abc-1 \r\n', token: 'abc-1' },
    { rule: 'is none in an empty file', text: '', token: undefined },
    { rule: 'is none in a file of white space', text: ' \n', token: undefined },
  ])('$rule', ({ text, token }) => {
    const path = join(createTempFolder(), 'token');
    writeFileSync(path, text);
    expect(readTokenFile(path)).toBe(token);
  });

  it('is read anew each time', () => {
    const path = join(createTempFolder(), 'token');
    writeFileSync(path, 'old');
    readTokenFile(path);
    writeFileSync(path, 'new');
    expect(readTokenFile(path)).toBe('new');
  });

  it.each([undefined, '', '/nonexistent/token', '/'])('is none for the path %j', (path) => {
    expect(readTokenFile(path)).toBeUndefined();
  });
});
