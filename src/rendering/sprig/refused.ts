import { goFunction, goType, structType } from '../../template/index.ts';

const certificate = structType('sprig.certificate', {
  Cert: { type: goType('string') },
  Key: { type: goType('string') },
});
const names = { 'sprig.certificate': certificate };

/** What makes keys, certificates and ciphertexts: templates may name these functions, but a call is an error. */
export const refusedFunctions = Object.fromEntries(
  Object.entries({
    bcrypt: 'func(string) string',
    buildCustomCert: 'func(string, string) (sprig.certificate, error)',
    decryptAES: 'func(string, string) (string, error)',
    derivePassword: 'func(uint32, string, string, string, string) string',
    encryptAES: 'func(string, string) (string, error)',
    genCA: 'func(string, int) (sprig.certificate, error)',
    genCAWithKey: 'func(string, int, string) (sprig.certificate, error)',
    genPrivateKey: 'func(string) string',
    genSelfSignedCert: 'func(string, []any, []any, int) (sprig.certificate, error)',
    genSelfSignedCertWithKey: 'func(string, []any, []any, int, string) (sprig.certificate, error)',
    genSignedCert: 'func(string, []any, []any, int, sprig.certificate) (sprig.certificate, error)',
    genSignedCertWithKey: 'func(string, []any, []any, int, sprig.certificate, string) (sprig.certificate, error)',
    htpasswd: 'func(string, string) string',
  }).map(([name, signature]) => [name, goFunction(signature, refuse, names)]),
);

function refuse(): never {
  throw new Error('Portolan does not have this function: secrets, keys and certificates are not made by templates');
}
