import { createChart, type Chart as ChartHandle, type ChartOptions } from '@tautline-examples/shared/page';
import { useEffect, useRef } from 'react';

interface ChartProps {
  readonly label: string;
  /** Read once, when the chart is made. */
  readonly options: ChartOptions;
  readonly data: readonly (readonly (number | null)[])[];
  readonly short?: boolean;
}

export function Chart({ label, options, data, short = false }: ChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<ChartHandle>(null);

  useEffect(() => {
    if (!element.current) return;
    const created = (chart.current = createChart(element.current, options));
    return () => created.destroy();
  }, [options]);
  useEffect(() => chart.current?.setData(data), [data, options]);

  return <div ref={element} className={short ? 'chart short' : 'chart'} role="img" aria-label={label} />;
}
