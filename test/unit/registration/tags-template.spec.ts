import { describe, expect, it } from 'vitest';
import type { DocumentAnswer } from '../../../src/registration/contracts.ts';
import { createTagsTemplate, isTagsTemplate, tagsTemplateMistake } from '../../../src/registration/tags-template.ts';
import { aContainer } from '../../support/containers.ts';

const ID = 'c0ffee'.padEnd(64, '0');

const inspected = {
  Id: ID,
  Name: '/shop_web_1',
  Created: '2026-01-02T03:04:05.120000000Z',
  RestartCount: 2,
  State: {
    Status: 'running',
    Running: true,
    Pid: 42,
    Health: { Status: 'healthy' },
    FinishedAt: '0001-01-01T00:00:00Z',
  },
  Config: {
    Hostname: 'c0ffee000000',
    Image: 'team/web:1.2',
    Env: ['ALPHA=Beta', 'SERVICE_X=1', 'SERVICE_Y=2'],
    Cmd: ['/bin/web', '-v', '80'],
    Entrypoint: null,
    Labels: { 'com.docker.compose.project': 'shop', list: 'p,q' },
    ExposedPorts: { '80/tcp': {} },
    CpuShares: 512,
  },
  HostConfig: { NetworkMode: 'default', RestartPolicy: { Name: 'always' }, Memory: 1_073_741_824, Dns: ['192.0.2.1'] },
  NetworkSettings: {
    IPAddress: '172.17.0.2',
    Ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '32080' }], '81/tcp': null },
    Networks: { bridge: { IPAddress: '172.17.0.2', Aliases: ['web'] } },
  },
  Mounts: [{ Source: '/srv', Destination: '/data', RW: true }],
};

const nobody = (): undefined => undefined;

function make(text: string, answer?: DocumentAnswer) {
  return createTagsTemplate(text, () => answer).tagsOf(aContainer({ inspected }));
}

/** The list, or why there is none. */
function list(text: string): string {
  const tags = make(text);
  return tags.kind === 'tags' ? tags.list : tags.kind === 'failed' ? tags.reason : `waits for ${tags.url}`;
}

describe('a template of tags sees what Docker says of the container', () => {
  it.each([
    ['{{.Name}}', '/shop_web_1'],
    ['{{strSlice .ID 0 6}}', 'c0ffee'],
    ['{{.Config.Image}} {{.Config.Hostname}} {{.Config.CPUShares}}', 'team/web:1.2 c0ffee000000 512'],
    ['{{range .Config.Env}}{{.}};{{end}}', 'ALPHA=Beta;SERVICE_X=1;SERVICE_Y=2;'],
    ['{{.Config.Labels.list}}', 'p,q'],
    ['{{.Config.Labels.nope}}|{{index .Config.Labels "nope"}}', '<no value>|'],
    ['{{index .Config.Labels "com.docker.compose.project"}}', 'shop'],
    ['{{len .Config.Entrypoint}}{{.Config.Entrypoint}}{{.Config.Tty}}', '0[]false'],
    [
      '{{.HostConfig.NetworkMode}} {{.HostConfig.RestartPolicy.Name}} {{.HostConfig.Memory}}',
      'default always 1073741824',
    ],
    ['{{.HostConfig.DNS}}', '[192.0.2.1]'],
    ['{{.NetworkSettings.IPAddress}} {{.NetworkSettings.Networks.bridge.Aliases}}', '172.17.0.2 [web]'],
    [
      '{{range $p, $b := .NetworkSettings.Ports}}{{$p}} {{$p.Port}} {{$p.Proto}} {{range $b}}{{.HostIP}}:{{.HostPort}}{{end}};{{end}}',
      '80/tcp 80 tcp 0.0.0.0:32080;81/tcp 81 tcp ;',
    ],
    ['{{range $p, $_ := .Config.ExposedPorts}}{{$p}}{{end}}', '80/tcp'],
    ['{{.State.Status}} {{.State.Health.Status}} {{.State.Pid}} {{.RestartCount}}', 'running healthy 42 2'],
    [
      '{{.Created}} {{.Created.Unix}} {{.State.FinishedAt}} {{.State.StartedAt.IsZero}}',
      '2026-01-02 03:04:05.12 +0000 UTC 1767323045 0001-01-01 00:00:00 +0000 UTC true',
    ],
    ['{{range .Mounts}}{{.Source}}>{{.Destination}}{{end}}', '/srv>/data'],
    ['{{if .Node}}swarm{{else}}alone{{end}}', 'alone'],
    ['{{with .Config.Healthcheck}}{{.Test}}{{else}}none{{end}}', 'none'],
  ])('%s gives %s', (text, result) => {
    expect(list(text)).toBe(result);
  });

  it('and zero values where the engine says something of another type', () => {
    const odd = { Id: 7, Config: { Env: 'x', Labels: ['a'], Image: null, Cmd: [1, 'b'] }, State: [], HostConfig: 'no' };
    const text =
      '{{.ID}}|{{.Config.Env}}|{{.Config.Labels}}|{{.Config.Image}}|{{.Config.Cmd}}|{{.State.Pid}}|{{.HostConfig}}';
    expect(createTagsTemplate(text, nobody).tagsOf(aContainer({ inspected: odd }))).toEqual({
      kind: 'tags',
      list: '|[]|map[]||[ b]|0|<nil>',
      urls: [],
    });
  });
});

describe('the functions of a template of tags', () => {
  it.each([
    ['strSlice "abcdef" 2', 'cdef'],
    ['strSlice "abcdef" 2 4', 'cd'],
    ['strSlice "abcdef" 4 2', 'ef'],
    ['strSlice "abcdef" 0 0', ''],
    ['strSlice "abcdef" 0 7', 'abcdef'],
    ['strSlice "abcdef" 7', 'abcdef'],
    ['strSlice "abcdef"', 'abcdef'],
    ['strSlice "abcdef" 1 2 3', 'abcdef'],
    ['strSlice "é!" 2', '!'],
    ['sIndex 0 .Config.Cmd', '/bin/web'],
    ['sIndex -1 .Config.Cmd', '80'],
    ['sIndex -3 .Config.Cmd', '/bin/web'],
    ['sIndex -99 .Config.Cmd', '/bin/web'],
    ['sIndex 99 .Config.Cmd', '80'],
    ['mIndex "list" .Config.Labels', 'p,q'],
    ['mIndex "nope" .Config.Labels', ''],
    ['mIndex "com.docker.compose.project" .Config.Labels | toUpper', 'SHOP'],
    ['toUpper "straße ﬁ é"', 'STRAßE ﬁ É'],
    ['toLower "ÀİΣ"', 'àiσ'],
    ['replace -1 "/" "" .Name', 'shop_web_1'],
    ['replace 1 "_" "-" .Name', '/shop-web_1'],
    ['replace 0 "_" "-" .Name', '/shop_web_1'],
    ['replace 9 "_" "-" .Name', '/shop-web-1'],
    ['replace -1 "" "." "ab"', '.a.b.'],
    ['replace 2 "" "." "ab"', '.a.b'],
    ['join ";" (matchAllElements "^SERVICE_" .Config.Env)', 'SERVICE_X=1;SERVICE_Y=2'],
    ['matchAllElements "nothing" .Config.Env', '[]'],
    ['matchFirstElement "^SERV" .Config.Env', 'SERVICE_X=1'],
    ['matchFirstElement "nothing" .Config.Env', ''],
    ['split "_" .Name', '[/shop web 1]'],
    ['len (split "" "aé")', '2'],
    ['len (split "," "")', '1'],
    ['splitIndex -1 ":" .Config.Image', '1.2'],
    ['splitIndex 0 ":" .Config.Image', 'team/web'],
    ['splitIndex 5 ":" .Config.Image', '1.2'],
    ['splitIndex -5 ":" .Config.Image', 'team/web'],
  ])('%s gives %s', (expression, result) => {
    expect(list(`{{${expression}}}`)).toBe(result);
  });

  it.each([
    ['.NoSuchField', "can't evaluate field NoSuchField in type *docker.Container"],
    ['.Config.NoSuchField', "can't evaluate field NoSuchField in type *docker.Config"],
    ['index .NetworkSettings.Ports "80/tcp"', 'error calling index: value has type string; should be docker.Port'],
    [
      'matchFirstElement "(" .Config.Env',
      'error calling matchFirstElement: regexp: Compile(`(`): error parsing regexp: missing closing ): `(`',
    ],
    ['strSlice "abc" -1', 'error calling strSlice: runtime error: slice bounds out of range [-1:]'],
    ['strSlice "abc" -2 -1', 'error calling strSlice: runtime error: slice bounds out of range [:-1]'],
    ['strSlice "abc" 0 -1', 'error calling strSlice: runtime error: slice bounds out of range [:-1]'],
    ['sIndex 0 .Config.Entrypoint', 'error calling sIndex: runtime error: index out of range [-1]'],
    ['sIndex -1 .Config.Entrypoint', 'error calling sIndex: runtime error: index out of range [0] with length 0'],
    ['jsonParse .Name "a"', 'wrong type for value; expected []uint8; got string'],
  ])('%s fails: %s', (expression, reason) => {
    expect(list(`{{${expression}}}`)).toMatch(/^template: tags:1:\d+: executing "tags" at </);
    expect(list(`{{${expression}}}`).split('>: ').at(-1)).toBe(reason);
  });
});

describe('httpGet', () => {
  const URL = 'http://192.0.2.1/meta';
  const TEXT = `{{jsonParse (httpGet "${URL}") "a::b"}}`;
  const known: DocumentAnswer = { kind: 'known', body: new TextEncoder().encode('{"a": {"b": "x"}}') };

  it('waits until something is known of the document', () => {
    expect(make(TEXT)).toEqual({ kind: 'waiting', url: URL, urls: [URL] });
    expect(make(TEXT, known)).toEqual({ kind: 'tags', list: 'x', urls: [URL] });
    expect(make(`{{printf "%s" (httpGet "${URL}")}}`, known)).toMatchObject({ list: '{"a": {"b": "x"}}' });
  });

  it('fails where the document cannot be had', () => {
    const reason = `template: tags:1:13: executing "tags" at <httpGet "${URL}">: error calling httpGet: ${URL}: too late`;
    expect(make(TEXT, { kind: 'failed', reason: 'too late' })).toEqual({ kind: 'failed', reason, urls: [URL] });
  });

  it('is evaluated again only when what is known of its documents has changed', () => {
    const answers = new Map<string, DocumentAnswer>();
    const template = createTagsTemplate(TEXT, (url) => answers.get(url));
    const container = aContainer({ inspected });
    const waiting = template.tagsOf(container);
    expect(template.tagsOf(container)).toBe(waiting);
    answers.set(URL, known);
    const ready = template.tagsOf(container);
    expect([waiting.kind, ready.kind]).toEqual(['waiting', 'tags']);
    expect(template.tagsOf(container)).toBe(ready);
    expect(template.tagsOf({ ...container })).not.toBe(ready);
  });
});

describe('createTagsTemplate', () => {
  it('fails on a container of which the answer was not kept', () => {
    expect(createTagsTemplate('{{.Name}}', nobody).tagsOf(aContainer())).toEqual({
      kind: 'failed',
      reason: 'Docker says too much of it to be kept',
      urls: [],
    });
  });

  it('fails when the list grows too long', () => {
    const text = '{{range .Config.Env}}{{range $.Config.Env}}{{printf "%10000s" "x"}}{{end}}{{end}}';
    expect(list(text)).toContain('65536');
  });
});

describe('a --tags', () => {
  it('is a template when it has an action', () => {
    expect(['', 'a,b', '{ x }', 'a,{{.ID}}'].map(isTagsTemplate)).toEqual([false, false, false, true]);
  });

  it.each([
    ['{{.Name}},{{httpGet "x"}}', undefined],
    ['{{.Name', 'template: tags:1: unclosed action'],
    ['a,\n{{key "x"}}', 'template: tags:2: function "key" not defined'],
  ])('%j has the mistake %j', (text, message) => {
    expect(tagsTemplateMistake(text)?.message).toBe(message);
  });
});
