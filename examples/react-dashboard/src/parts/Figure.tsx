import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** One number of those that sum the page up. */
export function Figure({
  icon: Icon,
  label,
  children,
}: {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="figure">
      <dt>
        <Icon aria-hidden />
        {label}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
