import type { Alarm, AlarmsChanged } from '@tautline-examples/shared';
import { reduce } from '@tautline/vue';

export type AlarmsById = ReadonlyMap<string, Alarm>;

/** The alarms there are, made of all changes: a collector for a feed. */
export const collectAlarms = reduce<AlarmsChanged, AlarmsById>((known, { change, alarms }) => {
  const next = new Map(change === 'all' ? [] : known);
  for (const alarm of alarms) {
    if (change === 'over') next.delete(alarm.id);
    else next.set(alarm.id, alarm);
  }
  return next;
}, new Map());

/** What nobody has acknowledged first, then the worst, then the newest. */
export function sortAlarms(alarms: Iterable<Alarm>): Alarm[] {
  const rank = ({ acknowledgedAt, severity }: Alarm) =>
    (acknowledgedAt === null ? 0 : 2) + (severity === 'critical' ? 0 : 1);
  return [...alarms].sort((one, other) => rank(one) - rank(other) || other.raisedAt - one.raisedAt);
}

/** What has happened, in words. */
export function alarmText({ measure, value, limit }: Pick<Alarm, 'measure' | 'value' | 'limit'>): string {
  switch (measure) {
    case 'temperature':
      return `${value.toFixed(1)} °C, above ${limit}`;
    case 'battery':
      return `${value.toFixed(1)} % charge, below ${limit}`;
    case 'silence':
      return `silent for more than ${limit} s`;
  }
}
