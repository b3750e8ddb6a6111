import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contentOf } from '../src/hub/publication';
import { ModelSubscriber } from './modelSubscriber';
import { simulate, type Simulation } from './simulation';

const history = { size: 5, age: 10_000 };
const formats = ['centrifugo', 'envelope', 'centrifugo', 'envelope'] as const;

const acts = {
  'the server publishes': 5,
  'a client publishes': 4,
  'a client drops': 6,
  'a client comes': 4,
  'a client comes and freezes': 5,
  'a client freezes': 1,
  'a client thaws': 1,
  'the server ends subscriptions': 1,
  'the server disconnects': 1,
  'time passes': 2,
};
type Act = keyof typeof acts;

const step = fc.record({
  act: fc.oneof(...Object.entries(acts).map(([act, weight]) => ({ weight, arbitrary: fc.constant(act as Act) }))), // its keys
  who: fc.nat(formats.length - 1),
  amount: fc.nat(99),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** A channel with subscribers whom things happen to. */
class World {
  /** Everything that was published, in order. */
  readonly published: number[] = [];
  readonly subscribers: readonly ModelSubscriber[];
  readonly #simulation: Simulation;
  #count = 0;

  constructor() {
    const note = (payload: unknown) => void this.published.push(Number(payload));
    const publish = ({ payload }: { payload: unknown }) => {
      note(payload);
      return true;
    };
    this.#simulation = simulate({ channels: { '*': { publish, presence: true, history } } });
    this.subscribers = formats.map((format) => new ModelSubscriber(this.#simulation, format));
  }

  async take({ act, who, amount }: Step): Promise<void> {
    const subscriber = this.subscribers[who];
    if (!subscriber) return;
    if (act === 'the server publishes') for (let left = amount % history.size; left > 0; left--) this.publish();
    if (act === 'a client publishes') await subscriber.publish(++this.#count);
    if (act === 'a client drops') subscriber.drop();
    if (act === 'a client comes') await subscriber.come();
    if (act === 'a client comes and freezes') await subscriber.come(1 + (amount % 5));
    if (act === 'a client freezes') subscriber.isFrozen = true;
    if (act === 'a client thaws') subscriber.isFrozen = false;
    if (act === 'the server ends subscriptions') this.#roster.unsubscribe('', 'room', { code: 2_500, reason: '' });
    if (act === 'the server disconnects') this.#roster.disconnect('', { code: 3_011, reason: '' });
    if (act === 'time passes') await this.#simulation.clock.pass(amount * 150);
    for (const each of this.subscribers) await each.read();
  }

  publish(): void {
    this.published.push(++this.#count);
    this.#simulation.context.hub.publish('room', contentOf({ event: 'count', payload: this.#count }));
  }

  get #roster() {
    return this.#simulation.context.roster;
  }
}

/** Every piece without a gap is a piece of what was published, and they follow each other. */
function expectNothingLost(log: readonly unknown[], published: readonly number[]): void {
  let at = 0;
  let isGap = false;
  for (const entry of log) {
    if (entry === 'gap') isGap = true;
    else {
      const index = published.indexOf(Number(entry), at);
      expect(
        index,
        `${entry} after ${published[at - 1]} of ${published.join()} in ${log.join()}`,
      ).toBeGreaterThanOrEqual(at);
      if (!isGap) expect(index, `a gap before ${entry} in ${log.join()}`).toBe(at);
      at = index + 1;
      isGap = false;
    }
  }
  expect(at, `the end of ${log.join()}`).toBe(published.length);
}

it(
  'a log is what was published, in order and once, or its channel said that something was missing',
  { timeout: 60_000 },
  async () => {
    const outcomes = { whole: 0, gaps: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 100, size: 'max' }), async (steps) => {
        const world = new World();
        for (const subscriber of world.subscribers) await subscriber.come();
        for (const each of steps) await world.take(each);
        for (const subscriber of world.subscribers) {
          subscriber.isFrozen = false;
          await subscriber.read();
          await subscriber.come();
        }
        world.publish();
        for (const subscriber of world.subscribers) {
          await subscriber.read();
          expectNothingLost(subscriber.log, world.published);
          outcomes[subscriber.log.includes('gap') ? 'gaps' : 'whole']++;
        }
      }),
      { numRuns: 200 },
    );
    expect(outcomes.whole).toBeGreaterThan(100); // else it tests little
    expect(outcomes.gaps).toBeGreaterThan(100);
  },
);
