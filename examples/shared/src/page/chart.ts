import 'uplot/dist/uPlot.min.css';
import uPlot from 'uplot';
import { onAppearanceChange } from './appearance';
import { cssColor } from './cssColor';

export interface ChartOptions {
  readonly series: readonly {
    readonly label: string;
    /** A token of the theme, for instance `--accent`. */ readonly color: string;
    readonly fill?: boolean;
    /** A limit, not a measurement. */
    readonly dash?: boolean;
  }[];
  /** Writes a value of the y axis. */
  readonly format: (value: number) => string;
  /** The range of the y axis; without it, what the data needs. */
  readonly range?: readonly [number, number];
  /** Only the line: no axes, no grid. */
  readonly bare?: boolean;
}

export interface Chart {
  /** Times in milliseconds since the epoch, then the values of each series. */
  setData(columns: readonly (readonly (number | null)[])[]): void;
  destroy(): void;
}

/** A uPlot chart that fills its element and wears the theme's colours. */
export function createChart(element: HTMLElement, options: ChartOptions): Chart {
  let data = [[], ...options.series.map(() => [])] as uPlot.AlignedData;
  let plot = draw(element, options, data);

  const resized = new ResizeObserver(() => plot.setSize(sizeOf(element)));
  resized.observe(element);
  // uPlot takes its colours once, so a change of them means another plot.
  const stopFollowing = onAppearanceChange(() => {
    plot.destroy();
    plot = draw(element, options, data);
  });

  return {
    setData(columns) {
      data = columns as unknown as uPlot.AlignedData; // the same columns; uPlot's type is mutable
      plot.setData(data);
    },
    destroy() {
      resized.disconnect();
      stopFollowing();
      plot.destroy();
    },
  };
}

function draw(
  element: HTMLElement,
  { series, format, range, bare = false }: ChartOptions,
  data: uPlot.AlignedData,
): uPlot {
  const axis = {
    stroke: cssColor('--muted'),
    grid: { stroke: cssColor('--line'), width: 1 },
    ticks: { show: false },
    font: `11px ${getComputedStyle(element).fontFamily}`,
  };
  return new uPlot(
    {
      ...sizeOf(element),
      ms: 1,
      legend: { show: false },
      cursor: bare ? { show: false } : { points: { size: 6 }, drag: { x: false, y: false }, y: false },
      padding: bare ? [4, 0, 4, 0] : [10, 26, 0, 0],
      scales: {
        x: { time: true },
        y: range ? { range: [...range] } : { range: (_plot, low, high) => roomy(low, high) },
      },
      axes: bare
        ? [{ show: false }, { show: false }]
        : [
            {
              ...axis,
              grid: { show: false },
              size: 28,
              space: 80,
              values: (_plot, times) => times.map((time) => new Date(time).toLocaleTimeString('en-GB')),
            },
            { ...axis, size: 60, values: (_plot, ticks) => ticks.map(format) },
          ],
      series: [
        {},
        ...series.map(({ label, color, fill, dash }) => ({
          label,
          stroke: cssColor(color),
          width: 1.5,
          points: { show: false },
          ...(dash && { dash: [5, 5] }),
          ...(fill && { fill: cssColor(`color-mix(in srgb, var(${color}) 12%, transparent)`) }),
        })),
      ],
    },
    data,
    element,
  );
}

/** A little air above and below, also for a line that is flat, or not there yet. */
function roomy(low: number | null, high: number | null): [number, number] {
  if (low === null || high === null) return [0, 1];
  const air = (high - low) * 0.1 || Math.max(Math.abs(high) * 0.01, 1);
  return [low - air, high + air];
}

const sizeOf = ({ clientWidth, clientHeight }: HTMLElement) => ({
  width: Math.max(clientWidth, 1),
  height: Math.max(clientHeight, 1),
});
