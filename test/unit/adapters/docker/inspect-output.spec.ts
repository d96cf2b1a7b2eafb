import { describe, expect, it } from 'vitest';
import { parseInspectOutput } from '../../../../src/adapters/docker/inspect-output.ts';

const entry = (name: string) => ({
  Id: name.padEnd(64, '0'),
  Name: `/${name}`,
  State: { Status: 'running' },
  Config: { Image: 'team/web:1.2' },
  HostConfig: {},
  NetworkSettings: {},
});
const namesIn = (text: string) => {
  const output = parseInspectOutput(text);
  return output.kind === 'containers' ? output.containers.map(({ name }) => name) : output.reason;
};

describe('parseInspectOutput', () => {
  it.each([
    { what: 'a list', text: JSON.stringify([entry('a'), entry('b')]), names: ['a', 'b'] },
    { what: 'one container', text: JSON.stringify(entry('a')), names: ['a'] },
    { what: 'nothing found', text: '[]\n', names: [] },
    { what: 'a byte order mark at the beginning', text: `\uFEFF${JSON.stringify([entry('a')])}`, names: ['a'] },
  ])('reads $what', ({ text, names }) => {
    expect(namesIn(text)).toEqual(names);
  });

  it('reads each container as the daemon does', () => {
    expect(parseInspectOutput(JSON.stringify(entry('a')))).toMatchObject({
      containers: [{ name: 'a', state: 'running', image: 'team/web:1.2', networkMode: 'default', ports: [] }],
    });
  });

  it.each([
    { what: 'nothing', text: '', reason: 'it is empty' },
    { what: 'blanks', text: ' \n', reason: 'it is empty' },
    {
      what: 'an image',
      text: JSON.stringify([{ Id: 'sha256:1', RepoTags: [] }]),
      reason: 'entry 1 of 1 is no container: Name: Invalid input: expected string, received undefined',
    },
    {
      what: 'a list in which one is none',
      text: JSON.stringify([entry('a'), 5]),
      reason: 'entry 2 of 2 is no container: it: Invalid input: expected object, received number',
    },
    {
      what: 'a container with half of its fields',
      text: JSON.stringify([{ ...entry('a'), Config: { Image: 5 } }]),
      reason: 'entry 1 of 1 is no container: Config.Image: Invalid input: expected string, received number',
    },
    {
      what: 'a text',
      text: '"a"',
      reason: 'entry 1 of 1 is no container: it: Invalid input: expected object, received string',
    },
    {
      what: 'null',
      text: 'null',
      reason: 'entry 1 of 1 is no container: it: Invalid input: expected object, received null',
    },
  ])('refuses $what', ({ text, reason }) => {
    expect(parseInspectOutput(text)).toEqual({ kind: 'unreadable', reason });
  });

  it('refuses what is no JSON in the words of its parser', () => {
    expect(namesIn('CONTAINER ID   IMAGE')).toMatch(/JSON/);
    expect(namesIn('[{"Id": "a"')).toMatch(/JSON/);
  });
});
