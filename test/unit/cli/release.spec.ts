import { describe, expect, it } from 'vitest';
import type { ReleaseReport } from '../../../src/app.ts';
import { release } from '../../../src/cli/release.ts';
import { PortolanError } from '../../../src/lib/errors.ts';
import { aFakeAdmin } from '../../support/fake-admin.ts';
import { createFakeCliIo } from '../../support/fake-cli-io.ts';

const nodeGone = { because: 'its node is gone', instances: 2, services: ['api', 'web'] };
const doubtful = { because: 'Consul was away', instances: 1, services: ['shop'] };

async function run(report: ReleaseReport, services: readonly string[] = [], isJson = false) {
  const { socketPath, asked } = await aFakeAdmin({ status: 200, text: JSON.stringify(report) });
  const io = createFakeCliIo();
  const code = await release(socketPath, { services, isJson }, io);
  return { code, asked, ...io.written() };
}

describe('release', () => {
  it('lets everything go, and says what it was', async () => {
    expect(await run({ released: [nodeGone, doubtful], kept: [] })).toEqual({
      code: 0,
      asked: ['POST /api/v1/release'],
      stdout: `let go: 2 instances of api, web (kept because its node is gone)
let go: 1 instance of shop (kept because Consul was away)
`,
      stderr: '',
    });
  });

  it('says when there was nothing', async () => {
    expect(await run({ released: [], kept: [] })).toMatchObject({ code: 0, stdout: 'nothing was kept\n', stderr: '' });
  });

  it('names the services, whatever their names', async () => {
    const { asked, code } = await run({ released: [nodeGone], kept: [] }, ['api', 'web']);
    expect([asked, code]).toEqual([['POST /api/v1/release?service=api&service=web'], 0]);
    expect((await run({ released: [], kept: [] }, ['a b&c'])).asked).toEqual(['POST /api/v1/release?service=a+b%26c']);
  });

  it.each([
    { kept: [doubtful], others: 'kept are: shop' },
    { kept: [], others: 'nothing else is kept either' },
  ])('fails for a name of which nothing was kept: $others', async ({ kept, others }) => {
    expect(await run({ released: [nodeGone], kept }, ['web', 'shpo'])).toMatchObject({
      code: 1,
      stdout: 'let go: 2 instances of api, web (kept because its node is gone)\n',
      stderr: `portolan: nothing of shpo was kept; ${others}\n`,
    });
  });

  it('prints JSON for programs', async () => {
    const report = { released: [nodeGone], kept: [doubtful] };
    expect(JSON.parse((await run(report, [], true)).stdout)).toEqual(report);
  });

  it('fails with the reason of a Portolan that does not route', async () => {
    const { socketPath } = await aFakeAdmin({ status: 503, text: '{"error":"nothing is kept here"}' });
    const releasing = release(socketPath, { services: [], isJson: false }, createFakeCliIo());
    await expect(releasing).rejects.toEqual(
      new PortolanError('ADMIN_REFUSED', 'Portolan answered 503: {"error":"nothing is kept here"}'),
    );
  });
});
