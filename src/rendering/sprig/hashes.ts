import { createHash } from 'node:crypto';
import { bytesOf, goFunction } from '../../template/index.ts';

const ADLER_MODULUS = 65_521;

/** Checksums of texts, in hexadecimal digits but for Adler-32. Source: sprig v3.3.0, `crypto.go`. */
export const hashFunctions = {
  adler32sum: goFunction('func(string) string', (text: string) => String(adler32(bytesOf(text)))),
  sha1sum: goFunction('func(string) string', (text: string) => hexDigest('sha1', text)),
  sha256sum: goFunction('func(string) string', (text: string) => hexDigest('sha256', text)),
  sha512sum: goFunction('func(string) string', (text: string) => hexDigest('sha512', text)),
};

function hexDigest(algorithm: string, text: string): string {
  return createHash(algorithm).update(bytesOf(text)).digest('hex');
}

/** Source: RFC 1950, section 8.2. */
function adler32(bytes: Uint8Array): number {
  let [low, high] = [1, 0];
  for (const byte of bytes) {
    low = (low + byte) % ADLER_MODULUS;
    high = (high + low) % ADLER_MODULUS;
  }
  return high * 65_536 + low;
}
