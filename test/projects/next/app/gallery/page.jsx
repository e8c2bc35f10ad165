import Image from "next/image";

export default function Gallery() {
  return <Image src="/docs/hero.png" alt="A hut" width="71" height="10" />;
}
