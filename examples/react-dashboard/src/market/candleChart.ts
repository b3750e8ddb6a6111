import type { Candle } from '@tautline-examples/shared';
import { onAppearanceChange } from '@tautline-examples/shared/page';
import { CandlestickSeries, createChart, HistogramSeries, type UTCTimestamp } from 'lightweight-charts';
import { candleColors, CHART_LOOK, chartColors, PRICE_LOOK, readColors, VOLUME_LOOK } from './candleLooks';
import { goesOnFrom } from './candles';

/** How many candles are seen at first; the rest is a drag away. */
const SEEN = 90;

export interface CandleChart {
  /** @param series What they are of: another series is shown from its end, the same one where the user looks. */
  show(candles: readonly Candle[], series: string): void;
  destroy(): void;
}

/** Candles and volume that fill the element and wear the theme's colours. */
export function createCandleChart(element: HTMLElement): CandleChart {
  const chart = createChart(element, CHART_LOOK);
  const prices = chart.addSeries(CandlestickSeries, PRICE_LOOK);
  const volumes = chart.addSeries(HistogramSeries, VOLUME_LOOK);
  prices.priceScale().applyOptions({ scaleMargins: { top: 0.08, bottom: 0.26 } });
  volumes.priceScale().applyOptions({ scaleMargins: { top: 0.8, bottom: 0 } });
  let colors = readColors();
  let shown: readonly Candle[] = [];
  let shownSeries = '';

  const barOf = (candle: Candle) => ({ ...candle, time: timeOf(candle) });
  const columnOf = (candle: Candle) => ({
    time: timeOf(candle),
    value: candle.volume,
    color: candle.close < candle.open ? colors.soldVolume : colors.boughtVolume,
  });
  const drawAll = () => {
    prices.setData(shown.map(barOf));
    volumes.setData(shown.map(columnOf));
  };
  const dress = () => {
    colors = readColors();
    chart.applyOptions(chartColors(colors));
    prices.applyOptions(candleColors(colors));
    drawAll();
  };
  const stopFollowing = onAppearanceChange(dress);
  dress();

  return {
    show(candles, series) {
      const from = series === shownSeries ? goesOnFrom(shown, candles) : null;
      shown = candles;
      if (from !== null) {
        for (const candle of candles.slice(from)) {
          prices.update(barOf(candle));
          volumes.update(columnOf(candle));
        }
        return;
      }
      drawAll();
      if (series === shownSeries) return;
      shownSeries = series;
      chart.timeScale().setVisibleLogicalRange({ from: candles.length - SEEN, to: candles.length + 3 });
    },
    destroy() {
      stopFollowing();
      chart.remove();
    },
  };
}

/** The chart counts in seconds. */
const timeOf = ({ start }: Candle) => (start / 1_000) as UTCTimestamp; // its own name for such a number
