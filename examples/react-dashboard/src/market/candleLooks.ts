import { cssColor, formatCompact, formatPrice, formatTime } from '@tautline-examples/shared/page';
import {
  ColorType,
  CrosshairMode,
  type CandlestickSeriesPartialOptions,
  type ChartOptions,
  type DeepPartial,
  type HistogramSeriesPartialOptions,
  type Time,
} from 'lightweight-charts';

interface Colors {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly good: string;
  readonly bad: string;
  readonly boughtVolume: string;
  readonly soldVolume: string;
}

/** What the theme's tokens are at the moment: a canvas does not know them. */
export function readColors(): Colors {
  const [good, bad] = [cssColor('--good'), cssColor('--bad')];
  return {
    text: cssColor('--text'),
    muted: cssColor('--muted'),
    line: cssColor('--line'),
    good,
    bad,
    boughtVolume: translucent(good),
    soldVolume: translucent(bad),
  };
}

const translucent = (rgb: string): string => rgb.replace('rgb(', 'rgba(').replace(')', ', 0.36)');

/** The chart counts in seconds. */
const timeOfDay = (time: Time): string => formatTime(Number(time) * 1_000);

export const CHART_LOOK: DeepPartial<ChartOptions> = {
  autoSize: true,
  crosshair: { mode: CrosshairMode.Normal },
  handleScroll: { vertTouchDrag: false }, // a finger that moves down scrolls the page
  layout: { attributionLogo: false }, // the card links to TradingView, where a screen reader finds it
  localization: { timeFormatter: timeOfDay },
  rightPriceScale: { borderVisible: false },
  timeScale: { borderVisible: false, tickMarkFormatter: timeOfDay, rightOffset: 3 },
};

export const PRICE_LOOK: CandlestickSeriesPartialOptions = {
  borderVisible: false,
  priceFormat: { type: 'custom', formatter: formatPrice, minMove: 0.01 },
};

export const VOLUME_LOOK: HistogramSeriesPartialOptions = {
  priceScaleId: 'volume',
  priceFormat: { type: 'custom', formatter: formatCompact, minMove: 1 },
  lastValueVisible: false,
  priceLineVisible: false,
};

export const chartColors = ({ text, muted, line }: Colors): DeepPartial<ChartOptions> => ({
  layout: {
    background: { type: ColorType.Solid, color: 'transparent' },
    textColor: muted,
    fontSize: 11,
    fontFamily: getComputedStyle(document.body).fontFamily,
  },
  grid: { vertLines: { visible: false }, horzLines: { color: line } },
  crosshair: {
    vertLine: { color: muted, labelBackgroundColor: text },
    horzLine: { color: muted, labelBackgroundColor: text },
  },
});

export const candleColors = ({ good, bad }: Colors): CandlestickSeriesPartialOptions => ({
  upColor: good,
  wickUpColor: good,
  downColor: bad,
  wickDownColor: bad,
});
