// Builds the image `portolan`. Its build needs Debian's packages only: the bundle and Node are prepared here.
import { spawnSync } from 'node:child_process';
import './build.ts';

const name = process.env['PORTOLAN_IMAGE'] ?? 'portolan';
console.log(`building the image ${name}`);
const { status, stdout, stderr } = spawnSync('docker', ['build', '-t', name, '.'], { encoding: 'utf8' });
if (status !== 0) {
  console.error(`${stdout}${stderr}`.trim().split('\n').slice(-30).join('\n'));
  console.error('the image cannot be built');
}
process.exitCode = status ?? 1;
