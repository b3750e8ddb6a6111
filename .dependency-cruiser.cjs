/** The lanes of packages/core/src, top to bottom: a lane imports only from lanes above it. */
const lanes = ['lib', 'wire', 'machine', 'runtime', 'channel', 'protocols', 'collect', 'websocket'];
const core = 'packages/core/src';
const isTest = '[.]test[.]tsx?$|/test/';

const laneRules = lanes.map((lane, index) => ({
  name: `lane-${lane}`,
  comment: `${lane}/ may import only from ${lanes.slice(0, index).join(', ') || 'nowhere'}, and the contracts`,
  severity: 'error',
  from: { path: `^${core}/${lane}/`, pathNot: isTest },
  to: { path: `^${core}/(${lanes.slice(index + 1).join('|') || '-'})/` },
}));

module.exports = {
  forbidden: [
    ...laneRules,
    {
      name: 'lanes-and-contracts',
      comment:
        'Of the files beside the lanes only the contracts may be imported; entry files are for the world outside',
      severity: 'error',
      from: { path: `^${core}/(${lanes.join('|')})/`, pathNot: isTest },
      to: { path: `^${core}/[^/]+$`, pathNot: `^${core}/(types|options|errors|session)[.]ts$` },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^packages/[^/]+/src/', pathNot: `${isTest}|[.]d[.]ts$` },
      to: {},
    },
    {
      name: 'adapters-use-the-package',
      comment: 'Adapters import the package name of core, never a path inside it, and never each other',
      severity: 'error',
      from: { path: '^packages/(react|vue)/src/', pathNot: isTest },
      to: { path: '^packages/core/src/.', pathNot: '^packages/core/src/index[.]ts$' },
    },
    {
      name: 'react-without-vue',
      severity: 'error',
      from: { path: '^packages/react/' },
      to: { path: '^packages/vue/|node_modules/vue/' },
    },
    {
      name: 'vue-without-react',
      severity: 'error',
      from: { path: '^packages/vue/' },
      to: { path: '^packages/react/|node_modules/react' },
    },
    {
      name: 'core-alone',
      comment: 'Core depends on nothing at run time',
      severity: 'error',
      from: { path: `^${core}/`, pathNot: isTest },
      to: { pathNot: `^${core}/`, dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['tautline-source', 'import', 'types', 'default'],
      exportsFields: ['exports'],
    },
    doNotFollow: { path: 'node_modules' },
  },
};
