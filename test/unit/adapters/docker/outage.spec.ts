import { beforeEach, describe, expect, it } from 'vitest';
import { parseDockerHost } from '../../../../src/adapters/docker/endpoint.ts';
import { createOutage, type Outage } from '../../../../src/adapters/docker/outage.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';

const socket = parseDockerHost('unix:///run/docker.sock');
const host = parseDockerHost('tcp://docker.example:2375');

const MOUNT = 'Mount the socket (-v /var/run/docker.sock:/var/run/docker.sock) or set --docker-host.';
const DEAD =
  'Is the Docker engine running? If it was restarted, a mounted socket file stays dead: mount its folder instead.';
const REPLACED =
  'The socket may have been replaced: one that is mounted as a file stays dead then. Start this container again, and mount the folder: -v /var/run:/var/run.';

let clock: FakeClock;
let outage: Outage;

beforeEach(() => {
  clock = createFakeClock();
  outage = createOutage(clock);
});

const systemError = (code: string) => Object.assign(new Error(`connect ${code}`), { code });
const hintOf = (code: string, endpoint = socket) => outage.unreachable(systemError(code), endpoint).hint;

describe('createOutage', () => {
  it('says what cannot be reached, and why', () => {
    const cause = systemError('ECONNREFUSED');
    expect(outage.unreachable(cause, socket)).toMatchObject({
      code: 'DOCKER_UNREACHABLE',
      message: 'cannot reach Docker at unix:///run/docker.sock: connect ECONNREFUSED',
      hint: DEAD,
      cause,
    });
  });

  it('says which group is needed', () => {
    expect(outage.unreachable(systemError('EACCES'), socket)).toMatchObject({
      code: 'DOCKER_REFUSED',
      message: 'no permission to use Docker at unix:///run/docker.sock',
      hint: 'Run with the group of the socket: docker run --group-add $(stat -c %g /var/run/docker.sock) …',
    });
  });

  it.each([
    { code: 'ENOENT', endpoint: socket, hint: MOUNT },
    { code: 'ECONNREFUSED', endpoint: socket, hint: DEAD },
    { code: 'ECONNRESET', endpoint: socket, hint: DEAD },
    { code: 'ECONNREFUSED', endpoint: host, hint: 'Is the Docker engine running, and does it listen there?' },
  ])('has a hint for $code at $endpoint.name', ({ code, endpoint, hint }) => {
    expect(hintOf(code, endpoint)).toBe(hint);
  });

  it.each(['ENOENT', 'ECONNREFUSED'])(
    'takes a socket that answered once for replaced after 20 s of %s',
    async (code) => {
      outage.answered();
      const [atFirst] = [hintOf(code), await clock.advance(20_000)];
      expect(hintOf(code)).toBe(atFirst);
      await clock.advance(1);
      expect(hintOf(code)).toBe(REPLACED);
      outage.answered();
      expect(hintOf(code)).toBe(atFirst);
    },
  );

  it('takes one that never answered for not mounted, however long', async () => {
    hintOf('ENOENT');
    await clock.advance(60_000);
    expect(hintOf('ENOENT')).toBe(MOUNT);
  });

  it('counts from anew when something listens there in between', async () => {
    outage.answered();
    hintOf('ECONNREFUSED');
    await clock.advance(20_000);
    hintOf('ECONNRESET');
    await clock.advance(20_000);
    expect(hintOf('ECONNREFUSED')).toBe(DEAD);
  });
});
