import { DEFAULTS, type ConnectionOptions, type ResolvedOptions } from '../options';
import { raw } from '../wire/codec';
import { checkInDevelopment, type Group } from './checkOptions';
import { systemEnvironment } from './lifecycle';

/**
 * Fills in the defaults. Production builds do not check: options are written in the program, so a wrong
 * one shows in development. What comes at run time (URLs, subprotocols, close codes) is always checked.
 *
 * @throws {InvalidOptionError} for the first option that cannot work.
 */
export function resolveOptions<In, Out>(given: ConnectionOptions<In, Out>): ResolvedOptions<In, Out> {
  const { channels, lifecycle } = given;
  const environment = lifecycle?.environment ? { ...systemEnvironment, ...lifecycle.environment } : systemEnvironment;
  const chosen: Group = over({ codec: raw, protocols: [], heartbeat: false, environment, ...channels }, given as Group); // whose names are checked by its type
  checkInDevelopment(chosen, DEFAULTS);
  return fill(DEFAULTS, chosen) as unknown as ResolvedOptions<In, Out>; // types say what may be given, the check sees to the rest
}

/** What is given, and for the rest the defaults. `false` turns a group or a time off; `true` means its defaults. */
export function fill(defaults: Group, given: Group): Group {
  // Not spread: that gives the copy a hidden class of its own where many shapes are copied.
  const filled = Object.assign({}, defaults);
  for (const name in given) {
    const value = given[name];
    const standard = defaults[name];
    if (value === undefined || value === true) continue;
    if (typeof standard === 'object') filled[name] = value ? fill(standard as Group, value as Group) : null;
    else filled[name] = value === false && typeof standard === 'number' ? Infinity : value;
  }
  return filled;
}

/** What is given over what there is; what is given as `undefined` is not given. */
function over(base: Group, given: Group): Group {
  for (const name in given) if (given[name] !== undefined) base[name] = given[name];
  return base;
}
