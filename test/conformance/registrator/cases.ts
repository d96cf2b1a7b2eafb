import * as z from 'zod';
import { errorMessage } from '../../../src/lib/errors.ts';
import { CasesUnreadable } from '../suite.ts';

const texts = z.array(z.string());
const textByName = z.record(z.string(), z.string());
/** Ports among them are numbers. */
const variables = z.record(z.string(), z.union([z.string(), z.number()]).transform(String)).default({});

/** What every recording has. */
const common = {
  name: z.string(),
  verdict: z.string(),
  /** The rule by which Portolan differs on purpose. */
  rule: z.string().optional(),
};

const bodySchema = z.object({
  ID: z.string(),
  Name: z.string(),
  Address: z.string().default(''),
  /** Text when it is a placeholder. */
  Port: z.union([z.number(), z.string()]).default(0),
  Tags: texts.nullish(),
  Meta: textByName.nullish(),
  Check: z.record(z.string(), z.unknown()).nullish(),
});

const requestSchema = z.object({ method: z.string(), path: z.string(), body: z.unknown() });

const registerSchema = z.object({
  ...common,
  kind: z.literal('register'),
  registratorArgs: texts,
  registratorEnv: textByName.default({}),
  /** Of the host that registrator ran on, where it was another one than usual. */
  registratorHost: z.object({ hostname: z.string().optional() }).optional(),
  /** How it was created, of which the answer below does not have all. */
  container: z.object({ cmd: texts.optional() }).default({}),
  /** Docker's answer for the container: what registrator itself reads of it. */
  inspect: z.looseObject({ Id: z.string(), Config: z.looseObject({}).optional() }),
  /** Those that ran beside it. Their own registrations are not recorded. */
  otherContainers: z.array(z.object({ inspect: z.unknown() })).default([]),
  request: z.array(requestSchema).default([]),
  /** The values behind placeholders such as `<HOST>`. */
  vars: variables,
});

const cliSchema = z.object({
  ...common,
  kind: z.literal('cli'),
  registratorArgs: texts,
  registratorEnv: textByName.default({}),
  exitCode: z.number().nullish(),
  stillRunning: z.boolean().default(false),
  vars: variables,
});

const otherSchema = z.object({ ...common, kind: z.string() });

/** A container, and what registrator sent to Consul for it. */
export type RegisterCase = Readonly<z.infer<typeof registerSchema>>;
/** A command line of registrator, and how it ended. */
export type CliCase = Readonly<z.infer<typeof cliSchema>>;
export type RecordedBody = Readonly<z.infer<typeof bodySchema>>;
export type Recording = RegisterCase | CliCase | Readonly<z.infer<typeof otherSchema>>;

/** Throws a `CasesUnreadable`. */
export function parseRecordings(text: string): readonly Recording[] {
  try {
    const all = z.array(otherSchema.loose()).parse(JSON.parse(text));
    return all.map((one) => {
      if (one.kind === 'register') return registerSchema.parse(one);
      return one.kind === 'cli' ? cliSchema.parse(one) : one;
    });
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : errorMessage(error);
    throw new CasesUnreadable(`not a file of registrator's recordings: ${why}`, { cause: error });
  }
}

export function parseBody(body: unknown): RecordedBody {
  return bodySchema.parse(body);
}

export function isRegister(recording: Recording): recording is RegisterCase {
  return recording.kind === 'register';
}

export function isCli(recording: Recording): recording is CliCase {
  return recording.kind === 'cli';
}
