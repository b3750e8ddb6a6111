import type { FleetCommand } from '@tautline-examples/shared';
import { isKind, readThresholds } from './thresholds';

/** A command from outside, checked field by field; a mistake as an `Error` whose message says what to write. */
export function readCommand(input: unknown): FleetCommand | Error {
  const { type, alarm, kind, thresholds } = Object(input) as Partial<Record<string, unknown>>; // of anything else, nothing is read
  switch (type) {
    case 'acknowledge':
      return typeof alarm === 'string' ? { type, alarm } : new Error('Say which alarm.');
    case 'set-thresholds': {
      if (!isKind(kind)) return new Error('Say which kind of device.');
      const read = readThresholds(thresholds);
      return read instanceof Error ? read : { type, kind, thresholds: read };
    }
    default:
      return new Error('There are two commands: acknowledge and set-thresholds.');
  }
}
