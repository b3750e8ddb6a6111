import { describe, expect, it } from 'vitest';
import { Outbox } from './outbox';
import { fakeStorage } from './testStorage';

const draft = (id: string) => ({ room: 'general' as const, id, text: `text of ${id}` });

describe('the outbox', () => {
  it('keeps what is pending for another page, by user and in order', () => {
    const storage = fakeStorage();
    const outbox = new Outbox(storage);
    for (const id of ['a', 'b', 'c']) outbox.add('ann', draft(id));
    outbox.add('bob', draft('d'));
    outbox.remove('ann', 'b');
    expect(new Outbox(storage).of('ann')).toEqual([draft('a'), draft('c')]);
    expect(new Outbox(storage).of('bob')).toEqual([draft('d')]);
  });

  it('keeps a message once, and leaves nothing behind', () => {
    const storage = fakeStorage();
    const outbox = new Outbox(storage);
    outbox.add('ann', draft('a'));
    outbox.add('ann', draft('a'));
    expect(outbox.of('ann')).toHaveLength(1);
    outbox.remove('ann', 'a');
    expect(storage.size()).toBe(0);
  });

  it('keeps the newest 50', () => {
    const outbox = new Outbox(fakeStorage());
    for (let n = 1; n <= 60; n++) outbox.add('ann', draft(`${n}`));
    expect(outbox.of('ann')).toHaveLength(50);
    expect(outbox.of('ann')[0]?.id).toBe('11');
  });

  it.each([
    'no JSON',
    'null',
    '{}',
    '[null, 1, "text", {}]',
    '[{ "room": "secret", "id": "a", "text": "x" }]',
    '[{ "room": "general", "id": "a b", "text": "x" }]',
    '[{ "room": "general", "id": "a" }]',
    `[{ "room": "general", "id": "a", "text": "${'x'.repeat(10_001)}" }]`,
  ])('reads nothing from bad content: %s', (content) => {
    const outbox = new Outbox(fakeStorage(content));
    expect(outbox.of('ann')).toEqual([]);
    outbox.add('ann', draft('a'));
    expect(outbox.of('ann')).toEqual([draft('a')]);
  });

  it('does without a storage that refuses', () => {
    const refuse = () => {
      throw new Error('full');
    };
    const outbox = new Outbox({ getItem: refuse, setItem: refuse, removeItem: refuse });
    expect(() => outbox.add('ann', draft('a'))).not.toThrow();
    expect(outbox.of('ann')).toEqual([]);
  });
});
