/** Which argument of an error is said to a human, by its position; what comes before it is read by programs. */
const WORDS = new Map([
  ['TypeError', 0],
  ['TautlineError', 1],
  ['InvalidOptionError', 1],
]);

/** Leaves the words of errors as they are: a test that repeats a sentence protects nobody. Their codes are broken. */
const errorWords = {
  shouldIgnore({ node, parent, listKey, key }) {
    const isWords = node.type === 'StringLiteral' || node.type === 'TemplateLiteral';
    if (!isWords || parent?.type !== 'NewExpression' || listKey !== 'arguments') return undefined;
    const position = WORDS.get(parent.callee.name);
    return position !== undefined && key >= position ? 'the words of an error' : undefined;
  },
};

export const strykerPlugins = [{ kind: 'Ignore', name: 'error-words', value: errorWords }];
