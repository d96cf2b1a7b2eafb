import { execFile } from 'node:child_process';

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, whatever its exit code. */
export async function run(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Result> {
  const { promise, resolve } = Promise.withResolvers<Result>();
  const options = { env: { ...process.env, ...environment }, maxBuffer: 16 * 1024 * 1024 };
  execFile(program, args, options, (error, stdout, stderr) => {
    const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
    resolve({ code, stdout, stderr: code === -1 ? `${stderr}${error?.message}` : stderr });
  });
  return await promise;
}

/** Runs a program that must succeed. Gives its output without the last line end. */
export async function output(program: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(program, args);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} exits with ${code}: ${stderr}`);
  return stdout.trimEnd();
}
