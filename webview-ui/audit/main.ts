import type { AuditProtocol } from '../../src/protocol/audit.ts';
import { connectToExtension } from '../protocol/extension.ts';
import '../shared/page.css';
import './audit.css';
import { AuditPage } from './page.ts';

const link = connectToExtension<AuditProtocol>({ changed: ({ revision }) => page.changed(revision), show: (ask) => page.ask(ask) });
const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
const page = new AuditPage({ link, root, load: () => link.state.get(), save: (state) => link.state.set(state) });
void page.start();
