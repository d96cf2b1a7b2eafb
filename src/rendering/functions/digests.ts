import { createHash, createHmac } from 'node:crypto';
import { bytesOf, type GoFunction, goFunction } from '../../template/index.ts';
import { decodeBase64, encodeBase64 } from '../encoding/base64.ts';
import { named } from './named.ts';

/** Base64 and digests of the bytes of a text. Source: consul-template v0.42.1, `funcs.go`. */
export const DIGEST_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  base64Encode: goFunction('func(string) (string, error)', (text: string) => encodeBase64(text, 'standard')),
  base64Decode: goFunction('func(string) (string, error)', (text: string) =>
    named('base64Decode', () => decodeBase64(text, 'standard')),
  ),
  base64URLEncode: goFunction('func(string) (string, error)', (text: string) => encodeBase64(text, 'url')),
  base64URLDecode: goFunction('func(string) (string, error)', (text: string) =>
    named('base64URLDecode', () => decodeBase64(text, 'url')),
  ),
  md5sum: goFunction('func(string) (string, error)', (text: string) => digest('md5', text)),
  sha256Hex: goFunction('func(string) (string, error)', (text: string) => digest('sha256', text)),
  hmacSHA256Hex: goFunction('func(string, string) (string, error)', (message: string, key: string) =>
    createHmac('sha256', bytesOf(key)).update(bytesOf(message)).digest('hex'),
  ),
};

function digest(algorithm: 'md5' | 'sha256', text: string): string {
  return createHash(algorithm).update(bytesOf(text)).digest('hex');
}
