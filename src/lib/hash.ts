import { createHash } from 'node:crypto';

/** SHA-256 in hexadecimal, 64 digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A name-based UUID, version 5: the same for the same name and namespace, on every machine. Source: RFC 9562, 5.5. */
export function uuidV5(namespace: string, name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}
