import type { Container } from 'dockerode';

/** Runs a shell command in a container, without waiting for its end. */
export async function execute(container: Container, command: string): Promise<void> {
  const exec = await container.exec({ Cmd: ['sh', '-c', command] });
  await exec.start({ Detach: true });
}
