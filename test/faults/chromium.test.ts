import { describeFaults } from './faults';
import { chromiumKind } from './subject/chromiumKind';

describeFaults(await chromiumKind());
