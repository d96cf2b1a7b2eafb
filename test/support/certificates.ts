import { generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';

/** A certificate and its key as PEM texts. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Signs certificates; `cert` is its own. */
export interface Authority extends Certificate {
  /** Valid now, for `localhost` and 127.0.0.1, unless told otherwise. Times in days from now. */
  issue(over?: {
    readonly names?: readonly string[];
    readonly days?: readonly [from: number, to: number];
  }): Certificate;
}

/** An authority of this test alone: made here, so that no key stands in the repository and no program is needed. */
export function createAuthority(name = 'Test Authority'): Authority {
  const { publicKey, privateKey } = newKey();
  const cert = certificate({ subject: name, issuer: name, publicKey, signer: privateKey, isAuthority: true });
  return {
    cert,
    key: pemOf(privateKey),
    issue: ({ names = ['localhost', '127.0.0.1'], days } = {}) => {
      const own = newKey();
      const facts = { subject: names[0] ?? '', issuer: name, publicKey: own.publicKey, signer: privateKey };
      return {
        cert: certificate({ ...facts, names, ...(days !== undefined && { days }) }),
        key: pemOf(own.privateKey),
      };
    },
  };
}

function newKey() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }) as string;
}

interface Facts {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly isAuthority?: boolean;
  readonly names?: readonly string[];
  readonly days?: readonly [from: number, to: number];
}

const SEQUENCE = 0x30;
const ECDSA_WITH_SHA256 = der(SEQUENCE, oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));

/** X.509 version 3 in DER, as RFC 5280 has it, as PEM. */
function certificate({ subject, issuer, publicKey, signer, isAuthority, names = [], days = [-1, 1] }: Facts): string {
  const body = der(
    SEQUENCE,
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    distinguishedName(issuer),
    der(SEQUENCE, ...days.map(time)),
    distinguishedName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(SEQUENCE, isAuthority === true ? authorityExtension() : namesExtension(names))),
  );
  const signature = der(0x03, Buffer.of(0), sign('sha256', body, signer));
  return new X509Certificate(der(SEQUENCE, body, ECDSA_WITH_SHA256, signature)).toString();
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const bytes = length < 0x100 ? [length] : [length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...(length < 0x80 ? [] : [0x80 | bytes.length]), ...bytes), content]);
}

function oid(...bytes: readonly number[]): Buffer {
  return der(0x06, Buffer.from(bytes));
}

function distinguishedName(commonName: string): Buffer {
  return der(SEQUENCE, der(0x31, der(SEQUENCE, oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from(commonName)))));
}

function time(days: number): Buffer {
  const iso = new Date(Date.now() + days * 86_400_000).toISOString();
  return der(0x17, Buffer.from(`${iso.slice(2).replaceAll(/[-:T]|\..*/g, '')}Z`));
}

function authorityExtension(): Buffer {
  const isCritical = der(0x01, Buffer.of(0xff));
  return der(SEQUENCE, oid(0x55, 0x1d, 0x13), isCritical, der(0x04, der(SEQUENCE, der(0x01, Buffer.of(0xff)))));
}

function namesExtension(names: readonly string[]): Buffer {
  const entries = names.map((name) =>
    /^[\d.]+$/.test(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name)),
  );
  return der(SEQUENCE, oid(0x55, 0x1d, 0x11), der(0x04, der(SEQUENCE, ...entries)));
}
