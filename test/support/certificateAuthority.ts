import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runProgram } from "../../scripts/runProgram.ts";

/** Host names of the certificate: two APIs that DNS does not resolve, and Runware's image host. */
const certificateHosts = ["api.limn.test", "other.limn.test", "im.runware.ai"] as const;

/** Files of a certificate authority and of the one certificate it has signed. */
export interface CertificateAuthority {
  /** The authority's own certificate, which clients must trust. */
  readonly rootCertificate: string;
  readonly certificate: string;
  readonly key: string;
}

/** Returns the paths of an authority's files in its folder. */
export const certificateAuthorityIn = (folder: string): CertificateAuthority => ({
  rootCertificate: join(folder, "root.pem"),
  certificate: join(folder, "site.pem"),
  key: join(folder, "site.key"),
});

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];

async function openssl(args: readonly string[]): Promise<void> {
  const { code, output } = await runProgram("openssl", args, { quiet: true });
  if (code !== 0) throw new Error(`openssl could not make a certificate:\n${output}`);
}

/** Creates a certificate authority in a folder, and a certificate for the host names above. */
export async function createCertificateAuthority(folder: string): Promise<CertificateAuthority> {
  const authority = certificateAuthorityIn(folder);
  const rootKey = join(folder, "root.key");
  await mkdir(folder, { recursive: true });
  // A minimal configuration, so that openssl does not read this machine's openssl.cnf.
  const config = join(folder, "openssl.cnf");
  await writeFile(config, "[req]\ndistinguished_name=name\n[name]\n");
  const request = ["req", "-x509", "-config", config, ...newKey];
  await openssl([
    ...[...request, "-keyout", rootKey, "-out", authority.rootCertificate, "-subj", "/CN=A company"],
    ...["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign"],
  ]);
  await openssl([
    ...[
      ...request,
      "-CA",
      authority.rootCertificate,
      "-CAkey",
      rootKey,
      "-keyout",
      authority.key,
      "-out",
      authority.certificate,
    ],
    ...[
      "-subj",
      `/CN=${certificateHosts[0]}`,
      "-addext",
      `subjectAltName=${certificateHosts.map((name) => `DNS:${name}`).join()}`,
    ],
  ]);
  return authority;
}
