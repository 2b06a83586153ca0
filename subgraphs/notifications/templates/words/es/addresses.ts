import type { Language } from '../language.js'

export const ADDRESSES_ES = {
  'email-change': {
    subject: 'Confirme su nuevo correo electrónico',
    body: `
      # Confirme su nuevo correo electrónico

      Confirme que esta debe ser la dirección de correo electrónico de su cuenta en {product}. Hasta entonces seguirá vigente la anterior.

      [Confirmar la nueva dirección]({link})

      > El enlace es válido durante 24 horas. Si no lo ha solicitado, ignore este mensaje: no ocurrirá nada.`,
  },
  'email-changed': {
    subject: 'Se ha cambiado su correo electrónico',
    body: `
      # Se ha cambiado su correo electrónico

      Su cuenta en {product} tiene ahora otra dirección de correo electrónico. Ya no se enviarán mensajes a esta.

      Si ha sido usted, no tiene que hacer nada.

      [No he sido yo: deshacer el cambio]({link})

      > El enlace es válido durante 7 días. Restablece esta dirección y cierra todas las sesiones de su cuenta. Después, cambie su contraseña.`,
  },
  'phone-changed': {
    subject: 'Se ha cambiado su número de teléfono',
    body: `
      # Se ha cambiado su número de teléfono

      Su cuenta en {product} tiene ahora otro número de teléfono.

      Si ha sido usted, no tiene que hacer nada.

      [No he sido yo: deshacer el cambio]({link})

      > El enlace es válido durante 7 días. Restablece el número anterior y cierra todas las sesiones de su cuenta. Después, cambie su contraseña.`,
  },
  'address-wanted': {
    subject: 'Alguien quiere usar su correo electrónico',
    body: `
      # Alguien quiere usar su correo electrónico

      Alguien ha intentado asignar su dirección de correo electrónico a otra cuenta en {product}. Como ya pertenece a la suya, no se ha cambiado nada.

      Si tiene dos cuentas, asigne antes otra dirección a esta.

      > Si no ha sido usted, no tiene que hacer nada.`,
  },
  'number-wanted': {
    subject: 'Alguien quiere usar su número de teléfono',
    body: `
      # Alguien quiere usar su número de teléfono

      Alguien ha intentado asignar su número de teléfono a otra cuenta en {product}. Como ya pertenece a la suya, no se ha cambiado nada.

      Si tiene dos cuentas, asigne antes otro número a esta.

      > Si no ha sido usted, no tiene que hacer nada.`,
  },
  'profile-changed': {
    subject: 'Se ha modificado su perfil',
    body: `
      # Se ha modificado su perfil

      Se han modificado los datos de su cuenta en {product}.

      | Fecha | {time}

      Si ha sido usted, no tiene que hacer nada.

      > Si no ha sido usted, cambie ahora su contraseña y cierre todas las demás sesiones de su cuenta. Recibe este aviso porque lo ha pedido; puede cambiarlo en su cuenta.`,
  },
} satisfies Partial<Language['mails']>
