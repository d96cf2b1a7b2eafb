import { describe, expect, it } from 'vitest';
import { refusal } from './render.ts';

describe('what makes secrets', () => {
  it.each([
    'sprig_bcrypt "a"',
    'sprig_htpasswd "a" "b"',
    'sprig_derivePassword 1 "long" "a" "b" "c"',
    'sprig_genPrivateKey "rsa"',
    'sprig_genCA "a" 365',
    'sprig_genCAWithKey "a" 365 "k"',
    'sprig_genSelfSignedCert "a" nil nil 365',
    'sprig_genSelfSignedCertWithKey "a" nil nil 365 "k"',
    'sprig_buildCustomCert "a" "b"',
    'sprig_encryptAES "a" "b"',
    'sprig_decryptAES "a" "b"',
  ])('is an error that says so: %s', (call) => {
    const [name] = call.split(' ');
    const reason = 'Portolan does not have this function: secrets, keys and certificates are not made by templates';
    expect(refusal(`{{${call}}}`)).toBe(`template: :1:2: executing "" at <${call}>: error calling ${name}: ${reason}`);
  });
});
