import { Configuration, TracesApi } from './client';

declare const process: { env: Record<string, string>; exitCode: number };

/** What a user of the generated client writes: asks, and looks the first trace up again. */
async function fetchATrace(): Promise<void> {
    const traces = new TracesApi(
        new Configuration({ basePath: process.env['MAILTRACE_URL'], accessToken: async () => process.env['MAILTRACE_TOKEN'] }));
    const found = await traces.searchTraces({
        sender: 'offers@shop.example',
        recipient: ['ana@rivercounty.example', 'ben@rivercounty.example'],
        limit: 10,
    });
    if (!found) {
        throw new Error('A report was promised, which only Prefer: respond-async asks for.');
    }
    const trace = (await traces.getTrace({ id: found.traces[0].id })).traces[0];
    console.log(`subject=${trace.subject}`);
    console.log(`outcome=${trace.recipients[0].outcome}`);
    console.log(`events=${trace.events.length}`);
}

fetchATrace().catch(error => {
    console.log(error);
    process.exitCode = 1;
});
