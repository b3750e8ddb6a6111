import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const ICONS = { bad: CircleAlert, warn: TriangleAlert, info: Info };

interface NoticeProps {
  readonly tone: keyof typeof ICONS;
  readonly children: ReactNode;
}

/** What somebody should know. A bad one is read out at once, the others when there is time. */
export function Notice({ tone, children }: NoticeProps) {
  const Icon = ICONS[tone];
  return (
    <p className="notice" role={tone === 'bad' ? 'alert' : 'status'} data-tone={tone}>
      <Icon aria-hidden />
      <span>{children}</span>
    </p>
  );
}
