import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const ICONS = { bad: CircleAlert, warn: TriangleAlert, info: Info };

interface NoticeProps {
  /** For a field that it describes. */
  readonly id?: string;
  readonly tone: keyof typeof ICONS;
  readonly children: ReactNode;
}

/** What somebody should know. A bad one is read out at once, the others when there is time. */
export function Notice({ id, tone, children }: NoticeProps) {
  const Icon = ICONS[tone];
  return (
    <p id={id} className="notice" role={tone === 'bad' ? 'alert' : 'status'} data-tone={tone}>
      <Icon aria-hidden />
      <span>{children}</span>
    </p>
  );
}
