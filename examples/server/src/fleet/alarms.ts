import {
  MEASURES,
  type Alarm,
  type AlarmsChanged,
  type Measure,
  type Severity,
  type Thresholds,
} from '@tautline-examples/shared';

/** What a device says, of what can raise an alarm. */
export type Reading = Readonly<Record<Measure, number>> & { readonly device: string };

interface Rule {
  readonly severity: Severity;
  /** 1: an alarm is raised above the threshold; -1: below it. */
  readonly direction: 1 | -1;
  /** How far the value must be back within before the alarm is over, so that it does not flicker. */
  readonly margin: number;
}

const RULES: Readonly<Record<Measure, Rule>> = {
  temperature: { severity: 'critical', direction: 1, margin: 1.5 },
  silence: { severity: 'critical', direction: 1, margin: 0 },
  battery: { severity: 'warning', direction: -1, margin: 2 },
};

export interface Change {
  readonly change: AlarmsChanged['change'];
  readonly alarm: Alarm;
}

/** The alarms that there are now, at most one for each measure of each device. Knows no sockets. */
export class Alarms {
  readonly #alarms = new Map<string, Alarm>();

  get all(): Alarm[] {
    return [...this.#alarms.values()];
  }

  /** Raises alarms and ends them, as the reading says. */
  check(reading: Reading, thresholds: Thresholds, now: number): Change[] {
    return MEASURES.flatMap((measure): Change[] => {
      const key = `${reading.device} ${measure}`;
      const alarm = this.#alarms.get(key);
      const excess = (reading[measure] - thresholds[measure]) * RULES[measure].direction;
      if (!alarm && excess > 0) {
        const raised = alarmOf(reading, measure, { limit: thresholds[measure], now });
        this.#alarms.set(key, raised);
        return [{ change: 'raised', alarm: raised }];
      }
      if (!alarm || excess >= -RULES[measure].margin) return [];
      this.#alarms.delete(key);
      return [{ change: 'over', alarm }];
    });
  }

  /** `null` when nothing changes, since somebody was faster; an `Error` when there is no such alarm any more. */
  acknowledge(id: string, now: number): Change | null | Error {
    const found = [...this.#alarms].find(([, alarm]) => alarm.id === id);
    if (!found) return new Error('This alarm is over.');
    const [key, alarm] = found;
    if (alarm.acknowledgedAt !== null) return null;
    const acknowledged = { ...alarm, acknowledgedAt: now };
    this.#alarms.set(key, acknowledged);
    return { change: 'acknowledged', alarm: acknowledged };
  }
}

function alarmOf(
  { device, ...values }: Reading,
  measure: Measure,
  { limit, now }: { readonly limit: number; readonly now: number },
): Alarm {
  return {
    id: `${device} ${measure} ${now}`, // names no other, also after a restart of the server
    device,
    measure,
    severity: RULES[measure].severity,
    value: awayFrom(values[measure], RULES[measure].direction),
    limit,
    raisedAt: now,
    acknowledgedAt: null,
  };
}

/** Rounded to a tenth, and never to the threshold itself. */
const awayFrom = (value: number, direction: 1 | -1): number =>
  (direction > 0 ? Math.ceil(value * 10) : Math.floor(value * 10)) / 10;
