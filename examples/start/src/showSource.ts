import { byId } from './element';
import { sourceOf } from './source';

/** Opens a file under `examples/` over the page. */
export async function showSource(path: string): Promise<void> {
  const text = await sourceOf(path);
  const [dialog, code] = [byId<HTMLDialogElement>('source'), byId('source-code')];
  byId('source-title').textContent = `examples/${path}`;
  code.textContent = text;
  dialog.showModal();
  code.scrollTo(0, 0);
}
