import { type Rig, type RigOptions, startRig } from './rig.ts';

/** Of a test's context; tests that run together have no other way to say what ends with them. */
export interface Ending {
  readonly onTestFinished: (end: () => Promise<void>) => void;
}

/** A rig whose daemon is ready; ended with the test. */
export async function openRig({ onTestFinished }: Ending, options: RigOptions): Promise<Rig> {
  const rig = await startRig(options);
  onTestFinished(rig.close);
  rig.daemon.start();
  await rig.daemon.ready();
  return rig;
}
