// Tries: to reach an ungranted loopback address by the redirect of a granted one
// Expects: permission.denied 3
// Flags: --allow-listen=127.0.0.1:0 --allow-net=127.0.0.1:*
import { serve } from 'hearth:http';
export const recipe = { permissions: { listen: ['127.0.0.1:0'], net: ['127.0.0.1:*'] } };
export default async () => {
  const server = serve({ port: 0 }, () => Response.redirect('http://127.0.0.2:9/'));
  try {
    return (await fetch((await server.ready).url)).status;
  } finally {
    await server.close();
  }
};
