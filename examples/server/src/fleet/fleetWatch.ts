import { SERIES_LENGTH, type DeviceSample, type FleetCommand, type ThresholdsByKind } from '@tautline-examples/shared';
import { Alarms, type Change } from './alarms';
import { Fleet } from './fleet';
import { readCommand } from './readCommand';
import { DEFAULT_THRESHOLDS } from './thresholds';
import { silenceOf } from './unit';

const SAMPLE_INTERVAL = 1_000;

/** Watches over the fleet, whoever looks: a sample of each device every second, alarms by thresholds. Knows no sockets. */
export class FleetWatch {
  readonly fleet: Fleet;
  readonly #alarms = new Alarms();
  #thresholds: ThresholdsByKind = DEFAULT_THRESHOLDS;
  /** When the newest samples are of: whole seconds, so that a late timer leaves no gap in a series. */
  #sampledAt: number;
  /** What all streams are to be told, as JSON without a number. */
  #news: string[] = [];

  constructor(
    random: () => number,
    private readonly now: () => number,
    private readonly onSample: (id: string, sample: DeviceSample) => void,
  ) {
    this.#sampledAt = Math.floor(now() / SAMPLE_INTERVAL) * SAMPLE_INTERVAL;
    this.fleet = new Fleet(random, { now, start: this.#sampledAt, thresholds: () => this.#thresholds });
    this.#check(now());
    this.#news = []; // nobody is there yet
  }

  /** The state that no report tells, for who comes new. */
  snapshot(): string[] {
    return [
      JSON.stringify({ type: 'alarms', change: 'all', alarms: this.#alarms.all }),
      JSON.stringify({ type: 'thresholds', thresholds: this.#thresholds }),
    ];
  }

  /** Lets the time pass; returns what all streams are to be told. */
  advance(now: number): string[] {
    const due = Math.floor((now - this.#sampledAt) / SAMPLE_INTERVAL);
    if (due > SERIES_LENGTH) this.#sampledAt += (due - SERIES_LENGTH) * SAMPLE_INTERVAL; // this machine was asleep
    for (let n = 0; n < Math.min(due, SERIES_LENGTH); n++) {
      this.#sampledAt += SAMPLE_INTERVAL;
      for (const { id, sample } of this.fleet.sample(this.#sampledAt)) this.onSample(id, sample);
    }
    if (due > 0) this.#check(now);
    return this.#news.splice(0);
  }

  /** Does what a page asks for; `null` when it is done, else why not. */
  obey(input: unknown): string | null {
    const command = readCommand(input);
    const problem = command instanceof Error ? command : this.#run(command);
    return problem ? problem.message : null;
  }

  #run(command: FleetCommand): Error | null {
    switch (command.type) {
      case 'acknowledge': {
        const change = this.#alarms.acknowledge(command.alarm, this.now());
        if (change instanceof Error) return change;
        if (change) this.#tellChange(change);
        return null;
      }
      case 'set-thresholds':
        this.#thresholds = { ...this.#thresholds, [command.kind]: command.thresholds };
        this.#tell({ type: 'thresholds', thresholds: this.#thresholds });
        this.#check(this.now());
        return null;
    }
  }

  #check(now: number): void {
    for (const unit of this.fleet.units) {
      const { device, temperature, battery } = unit;
      const reading = { device: device.id, temperature, battery, silence: silenceOf(unit, now) };
      for (const change of this.#alarms.check(reading, this.#thresholds[device.kind], now)) {
        this.#tellChange(change);
      }
    }
  }

  #tellChange({ change, alarm }: Change): void {
    this.#tell({ type: 'alarms', change, alarms: [alarm] });
  }

  #tell(news: object): void {
    this.#news.push(JSON.stringify(news));
  }
}
