import { seededRandom, type Alarm } from '@tautline-examples/shared';
import { describe, expect, it } from 'vitest';
import { FleetWatch } from './fleetWatch';

type Frame = Record<string, unknown>;

function start() {
  let now = 1_000_000;
  const samples: { id: string; at: number }[] = [];
  const watch = new FleetWatch(
    seededRandom(3),
    () => now,
    (id, { at }) => samples.push({ id, at }),
  );
  const parse = (frames: string[]) => frames.map((frame) => JSON.parse(frame) as Frame);
  return {
    watch,
    samples,
    pass: (milliseconds: number) => parse(watch.advance((now += milliseconds))),
    alarms: () => parse(watch.snapshot())[0]?.['alarms'] as Alarm[],
  };
}
const hot = { type: 'set-thresholds', kind: 'truck', thresholds: { temperature: 20, silence: 60, battery: 1 } };

it('reads every device once a second, however late the timers are', () => {
  const { samples, pass } = start();
  for (const late of [20, 999, 1_700, 3_100, 20]) pass(late);
  const times = samples.filter(({ id }) => id === 'TRK-001').map(({ at }) => at);
  expect(times).toEqual([1_001_000, 1_002_000, 1_003_000, 1_004_000, 1_005_000]);
  expect(samples).toHaveLength(5 * 192);
});

it('does not make up more than five minutes after a long sleep', () => {
  const { samples, pass } = start();
  pass(24 * 3_600_000);
  expect(samples).toHaveLength(300 * 192);
});

it('raises alarms by the thresholds of a kind, and tells everybody', () => {
  const { watch, pass, alarms } = start();
  pass(20);
  expect(watch.obey(hot)).toBeNull();
  const [thresholds, ...changes] = pass(20);
  expect(thresholds).toMatchObject({ type: 'thresholds', thresholds: { truck: hot.thresholds } });
  const raised = changes.flatMap(({ change, alarms }) => (change === 'raised' ? (alarms as Alarm[]) : []));
  expect(raised.length).toBeGreaterThan(30);
  expect(raised.every(({ device, measure }) => device.startsWith('TRK') && measure === 'temperature')).toBe(true);
  expect(alarms()).toEqual(expect.arrayContaining(raised));
});

it('tells everybody of an acknowledgement, once', () => {
  const { watch, pass, alarms } = start();
  watch.obey(hot);
  pass(20);
  const [{ id } = { id: '' }] = alarms();
  expect([watch.obey({ type: 'acknowledge', alarm: id }), watch.obey({ type: 'acknowledge', alarm: id })]).toEqual([
    null,
    null,
  ]);
  expect(pass(20)).toMatchObject([{ type: 'alarms', change: 'acknowledged', alarms: [{ id }] }]);
});

describe('a command is refused, and the reason says what to write', () => {
  const thresholds = { temperature: 56, silence: 10, battery: 8 };
  const change = (wrong: object) => ({ ...hot, thresholds: { ...thresholds, ...wrong } });
  it.each([
    [change({ temperature: 91 }), 'The temperature, in °C, must be a number from 20 to 90.'],
    [change({ temperature: '56' }), 'The temperature, in °C, must be a number from 20 to 90.'],
    [change({ silence: 0 }), 'The silence, in seconds, must be a number from 1 to 60.'],
    [change({ battery: null }), 'The charge, in percent, must be a number from 1 to 90.'],
    [{ ...hot, thresholds: null }, 'The temperature, in °C, must be a number from 20 to 90.'],
    [{ ...hot, kind: 'ship' }, 'Say which kind of device.'],
    [{ ...hot, kind: 'constructor' }, 'Say which kind of device.'],
    [{ type: 'acknowledge', alarm: 'TRK-001 battery 1' }, 'This alarm is over.'],
    [{ type: 'acknowledge', alarm: 7 }, 'Say which alarm.'],
    [{ type: 'explode' }, 'There are two commands: acknowledge and set-thresholds.'],
    [null, 'There are two commands: acknowledge and set-thresholds.'],
  ])('%j', (command, reason) => {
    const { watch, pass } = start();
    pass(20);
    expect(watch.obey(command)).toBe(reason);
    expect(pass(20)).toEqual([]);
  });
});
