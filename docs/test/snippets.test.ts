import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { compileScript, parse } from 'vue/compiler-sfc';
import { blocksOf, pages, read, ROOT, type Block } from './pages';

const blocks = pages().flatMap(blocksOf);

describe('code in the docs', () => {
  it('compiles', () => {
    expect(compile(blocks.flatMap(toModule))).toEqual([]);
  }, 120_000);

  it('has templates that Vue compiles', () => {
    for (const { page, line, code } of blocks.filter(({ language }) => language === 'vue')) {
      const { descriptor, errors } = parse(code);
      const options = { id: 'snippet', inlineTemplate: true };
      expect(errors, `${page}:${line}`).toEqual([]);
      expect(() => compileScript(descriptor, options), `${page}:${line}`).not.toThrow();
    }
  });

  it('is the file it says it is', () => {
    const copies = blocks.filter(({ info }) => info.startsWith('file='));
    expect(copies).not.toHaveLength(0);
    for (const { page, line, info, code } of copies) {
      const file = read(join('docs', info.slice('file='.length)));
      expect(code, `${page}:${line}`).toBe(file.replace(/^\/\/ @vitest-environment .*\n\n?/, ''));
    }
  });

  it('has a language', () => {
    const bare = pages().filter(({ text }) => /(^|\n\n)```\n/.test(text));
    expect(bare.map(({ path }) => path)).toEqual([]);
  });
});

interface Module {
  readonly name: string;
  readonly text: string;
  /** Where a line of the module stands on its page. */
  readonly place: (line: number) => string;
}

/** A block stands alone, or goes on from the one before it that does. */
function toModule(block: Block, index: number): Module[] {
  const { page, line, language, info, code } = block;
  const name = join(ROOT, 'docs', `${page.replaceAll(/\W/g, '_')}_${line}`);
  if (language === 'vue') {
    const [before = '', script = ''] = code.split(/<script[^>]*>\n/);
    const offset = line + before.split('\n').length;
    return [{ name: `${name}.ts`, text: script.split('</script>')[0] ?? '', place: (at) => `${page}:${offset + at}` }];
  }
  if (language !== 'ts' && language !== 'tsx') return [];
  const earlier = info === 'continues' ? basesOf(index) : [];
  const text = [...earlier, block].map((each) => each.code).join('\n');
  const length = text.split('\n').length - code.split('\n').length;
  return [{ name: `${name}.${language}`, text, place: (at) => `${page}:${line + at + 1 - length}` }];
}

function basesOf(index: number): Block[] {
  const block = blocks[index];
  const before = blocks
    .slice(0, index)
    .findLastIndex(({ page, language }) => page === block?.page && language === block.language);
  const base = blocks[before];
  if (!base) throw new Error(`${block?.page}:${block?.line} continues nothing.`);
  return base.info === 'continues' ? [...basesOf(before), base] : [base];
}

/** All modules in one program, as the packages' own sources are compiled. Returns what is wrong. */
function compile(modules: Module[]): string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.base.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, ROOT);
  options.moduleDetection = ts.ModuleDetectionKind.Force;
  const texts = new Map(modules.map(({ name, text }) => [ts.sys.resolvePath(name), text]));
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (name) => texts.get(ts.sys.resolvePath(name)) ?? readFile(name);
  host.fileExists = (name) => texts.has(ts.sys.resolvePath(name)) || fileExists(name);
  host.getSourceFile = (name, version, ...rest) => {
    const text = texts.get(ts.sys.resolvePath(name));
    return text === undefined ? getSourceFile(name, version, ...rest) : ts.createSourceFile(name, text, version);
  };

  const program = ts.createProgram(
    [...modules.map(({ name }) => name), join(ROOT, 'docs/ambient.d.ts')],
    options,
    host,
  );
  return modules.flatMap(({ name, place }) => {
    const source = program.getSourceFile(name);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((wrong) => {
      const { line } = source?.getLineAndCharacterOfPosition(wrong.start ?? 0) ?? { line: 0 };
      return `${place(line)} ${ts.flattenDiagnosticMessageText(wrong.messageText, '\n')}`;
    });
  });
}
