import { describe, expect, it } from 'vitest';
import { parseListed } from '../../../../src/adapters/docker/listed-container.ts';

const listed = (over: object = {}) => parseListed(JSON.stringify({ Id: 'a', Names: ['/web'], ...over }), true);

describe('parseListed', () => {
  it('gives the name that is its own', () => {
    expect(listed({ Names: ['/proxy/web', '/web'] }).name).toBe('web');
    expect(listed({ Names: null }).name).toBe('');
  });

  it('gives the state, if the engine says it', () => {
    expect(listed({ State: 'paused' }).state).toBe('paused');
    expect(listed().state).toBe('');
  });

  it.each([
    { what: 'the time that it runs', a: 'Up 5 minutes (healthy)', b: 'Up 2 hours (healthy)', isSame: true },
    { what: 'the health', a: 'Up 5 minutes (healthy)', b: 'Up 5 minutes (unhealthy)', isSame: false },
    { what: 'the time since it ended', a: 'Exited (1) 5 minutes ago', b: 'Exited (1) 2 hours ago', isSame: true },
    { what: 'the exit code', a: 'Exited (1) 5 minutes ago', b: 'Exited (2) 5 minutes ago', isSame: false },
  ])('has a fingerprint that does or does not change with $what', ({ a, b, isSame }) => {
    expect(listed({ Status: a }).fingerprint === listed({ Status: b }).fingerprint).toBe(isSame);
  });

  it.each([
    { text: '{"Id":"a","Names":["/web"],"Labels":{"x', id: 'a', name: 'web' },
    { text: '{ "Id" : "a" , "Names" : [ "/web", "/x"', id: 'a', name: 'web' },
    { text: '{"Id":"a","Image":"x', id: 'a', name: '' },
  ])('reads the beginning of one that is too long: $text', ({ text, id, name }) => {
    expect(parseListed(text, false)).toEqual({ id, name, state: '', fingerprint: '' });
  });

  it.each([
    { text: '{"Names":["/web"]', isWhole: false },
    { text: '{"Names":["/web"]}', isWhole: true },
    { text: '{"Id":""}', isWhole: true },
    { text: '{"Id":"a"', isWhole: true },
  ])('refuses $text', ({ text, isWhole }) => {
    expect(() => parseListed(text, isWhole)).toThrow();
  });
});
