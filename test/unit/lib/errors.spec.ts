import { describe, expect, it } from 'vitest';
import { errorMessage, PortolanError, systemErrorCode, TerminalError } from '../../../src/lib/errors.ts';

describe.each([PortolanError, TerminalError])('%o', (Class) => {
  it('carries a code, a message, a hint and a cause', () => {
    const cause = new Error('connect ECONNREFUSED');
    const error = new Class('CONSUL_UNREACHABLE', 'cannot reach Consul', { hint: 'Is it running?', cause });
    const { name, code, message, hint } = error;
    expect({ name, code, message, hint, cause: error.cause }).toStrictEqual({
      name: Class.name,
      code: 'CONSUL_UNREACHABLE',
      message: 'cannot reach Consul',
      hint: 'Is it running?',
      cause,
    });
  });

  it('has neither hint nor cause unless they are given', () => {
    const error = new Class('FILE_UNREADABLE', 'no');
    expect({ hint: error.hint, hasCause: 'cause' in error }).toStrictEqual({ hint: undefined, hasCause: false });
  });
});

describe('TerminalError', () => {
  it('is a PortolanError, but not every PortolanError is terminal', () => {
    expect(new TerminalError('FILE_UNREADABLE', 'no')).toBeInstanceOf(PortolanError);
    expect(new PortolanError('FILE_UNREADABLE', 'no')).not.toBeInstanceOf(TerminalError);
  });
});

describe('errorMessage', () => {
  it.each([
    { thrown: new Error('down'), message: 'down' },
    { thrown: new PortolanError('FILE_UNREADABLE', 'no', { hint: 'Say yes.' }), message: 'no' },
    { thrown: 'down', message: 'down' },
    { thrown: 404, message: '404' },
    { thrown: undefined, message: 'undefined' },
    { thrown: null, message: 'null' },
    { thrown: new Error('one\n  two\n\n\tthree\r\nfour\n'), message: 'one; two; three; four;' },
    { thrown: '  padded  ', message: 'padded' },
    {
      thrown: new AggregateError([new Error('::1 refused'), new Error('127.0.0.1 refused')]),
      message: '::1 refused; 127.0.0.1 refused',
    },
    { thrown: new AggregateError([new Error('one'), 'two'], 'both failed'), message: 'both failed' },
    { thrown: new AggregateError([new AggregateError([new Error('deep')])]), message: 'deep' },
    { thrown: new AggregateError([]), message: '' },
  ])('says $message', ({ thrown, message }) => {
    expect(errorMessage(thrown)).toBe(message);
  });
});

describe('systemErrorCode', () => {
  it('gives the name that Node gives to a system error', () => {
    expect(systemErrorCode(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))).toBe('ECONNREFUSED');
  });

  it.each([
    { thrown: new Error('plain'), what: 'an error without a code' },
    { thrown: Object.assign(new Error('odd'), { code: 7 }), what: 'an error with a number for a code' },
    { thrown: { code: 'ENOENT' }, what: 'what is no error' },
    { thrown: 'ENOENT', what: 'a text' },
    { thrown: undefined, what: 'nothing' },
  ])('finds none in $what', ({ thrown }) => {
    expect(systemErrorCode(thrown)).toBeUndefined();
  });
});
