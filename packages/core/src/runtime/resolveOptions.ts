import { DEFAULTS, type ConnectionOptions, type ResolvedOptions } from '../options';
import { raw } from '../wire/codec';
import { checkInDevelopment, type Group } from './checkOptions';
import { systemEnvironment } from './lifecycle';

export function resolveOptions<In, Out>(given: ConnectionOptions<In, Out>): ResolvedOptions<In, Out> {
  const { channels, lifecycle } = given;
  return fill(
    { ...DEFAULTS, environment: systemEnvironment },
    { codec: raw, protocols: [], heartbeat: false, ...channels },
    given as Group, // whose names are checked by its type
    { environment: lifecycle?.environment },
  ) as unknown as ResolvedOptions<In, Out>; // types say what may be given, the check sees to the rest
}

/**
 * The defaults, and over them what is given, the last first. `false` turns a group or a time off; `true` and `undefined` mean the default.
 *
 * Production builds do not check: options are written in the program, so a wrong one shows in development.
 * What comes at run time (URLs, subprotocols, close codes) is always checked.
 *
 * @throws {InvalidOptionError} for the first option that cannot work.
 */
export function fill(defaults: Group, ...layers: Group[]): Group {
  // Not spread: that gives the copy a hidden class of its own where many shapes are copied.
  const filled = Object.assign({}, defaults);
  for (const given of layers) {
    checkInDevelopment(given, defaults);
    for (const name in given) {
      const value = given[name];
      const standard = defaults[name];
      if (value === undefined || value === true) continue;
      if (typeof standard === 'object') filled[name] = value ? fill(standard as Group, value as Group) : null;
      else filled[name] = value === false && typeof standard === 'number' ? Infinity : value;
    }
  }
  return filled;
}
