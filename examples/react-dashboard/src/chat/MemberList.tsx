import { userOf, type MemberInfo } from '@tautline-examples/shared';
import type { PresenceMember } from '@tautline/react';

interface MemberListProps {
  readonly members: readonly PresenceMember<MemberInfo>[];
  readonly name: string;
  /** `false` while the line is down: then these are the members of a moment ago. */
  readonly isCurrent: boolean;
}

export function MemberList({ members, name, isCurrent }: MemberListProps) {
  return (
    <section className="card members" aria-labelledby="members-title" data-current={isCurrent}>
      <header>
        <h2 id="members-title">{isCurrent ? 'Here now' : 'Here before'}</h2>
        <span className="muted small number">{members.length}</span>
      </header>
      <ul className="body" aria-labelledby="members-title">
        {members.map(({ id, info }) => (
          <li key={id}>
            <span className="dot" aria-hidden />
            <bdi className="label">{info.name}</bdi>
            {id === userOf(name) && <span className="muted small">you</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
