/** What the page knows of the market beside the newest prices. */
import { createAlertBook } from './alertBook';
import { Trends } from './trends';

export const alertBook = createAlertBook();
/** A minute, by the second. */
export const trends = new Trends(60);
