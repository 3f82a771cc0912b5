import { http } from 'hearth:http';
export const run = async () => (await http.get('http://127.0.0.1:9/', { retry: false })).status;
