import Image from "next/image";
import leafImage from "../leaf.png";

export default function Shop() {
  return (
    <main>
      <Image src={leafImage} alt="A leaf" width="74" height="10" />
    </main>
  );
}
