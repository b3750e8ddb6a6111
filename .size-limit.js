// The budgets of `scripts/budgets.mjs`, measured on the built packages.
import { BUDGETS } from './scripts/budgets.mjs';

const built = (entry) => `packages/${entry.replace('/', '/dist/')}.js`;

export default BUDGETS.map(({ name, imports, external, goal, limit }) => ({
  name: `${name} (goal: ${goal.toFixed(1)} kB)`,
  path: Object.keys(imports).map(built),
  import: Object.fromEntries(Object.entries(imports).map(([entry, names]) => [built(entry), names])),
  ignore: external,
  limit: `${limit} kB`,
  gzip: true,
}));
