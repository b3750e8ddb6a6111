import { linesSurvive } from './lineFaults';

linesSurvive('react-dashboard', ['market', 'chat', 'echo']);
